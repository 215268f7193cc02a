import { describe, expect, test } from 'vitest'
import { makeSpeakOfRival } from '../../src/ask/rivals.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()
const speaksOfRival = (question: string, sentences: string): boolean =>
  makeSpeakOfRival(question, segmenter)(sentences)

describe('sentences about another of the same kind', () => {
  test.each([
    ['中国电信今年投资多少', '中国联通今年投资达12亿元。', true],
    ['中国电信今年投资多少', '中国联通投资12亿元，中国电信投资9亿元。', false],
    ['大连海事大学有多少学生', '大连理工大学有学生4万名。', true],
    ['大连海事大学有多少学生', '学校有学生2万名。', false],
    ['第三届峰会有多少企业参展', '第二届峰会有300家企业参展。', true],
    ['第三届峰会有多少企业参展', '第3届峰会有300家企业参展。', false],
    ['地铁13号线有几站', '5号线设18座车站。', true],
    ['地铁13号线有几站', '13号线设11座车站，与5号线换乘。', false],
    ['第十三届大会有多少代表', '第13届大会有代表2900名。', false],
    ['30年期国债收益率是多少', '10年期国债收益率达4.28%。', true],
    ['30年期国债收益率是多少', '10年期国债收益率达4.28%，30年期达4.9%。', false],
    ['7.5级地震震源多深', '当地发生7.1级地震，震源深度10公里。', true],
    ['7.1级地震震源多深', '当地发生7.1级地震，震源深度10公里。', false],
    ['峰会有多少企业参展', '第二届峰会有300家企业参展。', false],
    ['第二轮谈判有多少人', '新一轮谈判将有30人参加。', false],
    ['第十四届政协有多少委员', '新一届政协共有委员540名。', false],
    ['第三批试点城市有多少个', '试点带动一批企业落户，共有30个城市入选。', false],
    ['第一批复工企业有多少家', '首批复工企业300家，第二批500家。', false],
    ['13号线能换乘哪几条线', '全线可与2号线、5号线换乘。', false],
    ['7.5级地震最大余震几级', '最大余震为5.3级。', false],
    ['第127届广交会有多少企业', '第一百二十七届广交会有2万家企业。', false],
    ['停车服务费每小时多少钱', '5月1日起，收费项目包括停车服务费、物业服务费，停车服务费每小时5元。', false],
    ['松树岛片区面积多大', '2020年，示范区包含新港区片区、松树岛片区，面积分别为30和22平方公里。', false],
    ['松树岛片区面积多大', '示范区总面积52平方公里，包含新港区片区、松树岛片区。', true],
    ['松树岛片区所在的示范区总面积多大', '示范区总面积52平方公里，包含新港区片区、松树岛片区。', false],
    ['松树岛片区面积多大', '示范区包含新港区片区、松树岛片区，面积分别为30和22平方公里。', false],
  ])('%s / %s: %s', (question, sentences, expected) => {
    expect(speaksOfRival(question, sentences)).toBe(expected)
  })
})
