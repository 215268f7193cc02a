import { describe, expect, test } from 'vitest'
import { understand } from '../../src/ask/question.ts'
import { shortAnswer } from '../../src/ask/short.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

const short = (question: string, text: string, read: string): string | null => {
  const start = text.indexOf(read)
  const asked = understand(question, segmenter)
  const answer = shortAnswer(asked, text, [start, start + read.length], [0, text.length], null)
  return answer && text.slice(...answer)
}

describe('the edges of a short answer', () => {
  test.each([
    [
      'take back the 以 that was cut',
      '什么样的国际体系受到挑战',
      '当前，以联合国为核心的国际体系正受到严峻的挑战。',
      '联合国为核心的国际体系',
      '以联合国为核心的国际体系',
    ],
    [
      'take back the 以 of a list of them',
      '反对哪些做法',
      '大家一致反对以大压小、以强凌弱、以富欺贫的各种做法。',
      '大压小、以强凌弱、以富欺贫',
      '以大压小、以强凌弱、以富欺贫',
    ],
    [
      'leave 以 that begins no such thing',
      '用什么方式缴费',
      '今年起，市民可以手机支付的方式缴纳各种费用。',
      '手机支付',
      '手机支付',
    ],
    [
      'take back what the first of a list lost',
      '让百姓多出哪几种感受',
      '要不断增强人民群众的获得感、幸福感、安全感，促进社会公平。',
      '感、幸福感、安全感',
      '获得感、幸福感、安全感',
    ],
    [
      'lose half of 一匹',
      '把快递业比作什么',
      '他把快递业称作中国经济的一匹“黑马”，鼓励年轻人加油。',
      '匹“黑马”',
      '“黑马”',
    ],
    [
      'lose the year when a month is asked for',
      '两人的会晤是哪个月',
      '今年1月，两国元首在北京举行了历史性的会晤。',
      '今年1月',
      '1月',
    ],
    [
      'take the other of two names in marks',
      '指控犯了哪些罪行',
      '新文件指控其犯有“战争罪行”和“反人道主义罪行”，要求调查。',
      '反人道主义罪行',
      '“战争罪行”和“反人道主义罪行”',
    ],
    ['take the unit', '议案有多少票反对', '经审议，本议案同意9票、反对3票、弃权0票，获得通过。', '3', '3票'],
  ])('%s', (_, question, text, read, expected) => {
    expect(short(question, text, read)).toBe(expected)
  })

  test.each([
    ['刘胜先生', '刘胜'],
    ['古纳瓦德纳总理', '古纳瓦德纳'],
    ['王志刚部长', '王志刚'],
    ['张先生在车管站补办了自己的号牌后说', '张先生'],
    ['英国首相', '英国首相'],
    ['市委书记', '市委书记'],
    ['前总统', '前总统'],
  ])('of who are those of the name: %s → %s', (read, expected) => {
    expect(short('直夸方便的是谁', `记者在现场看到，${read}连连点头称赞，说这里的服务十分方便。`, read)).toBe(
      expected,
    )
  })
})
