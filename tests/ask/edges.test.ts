import { describe, expect, test } from 'vitest'
import { shortAnswer } from '../../src/ask/extract/short.ts'
import { understand } from '../../src/ask/question/question.ts'
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
      'keep 去年',
      '工程是哪个月动工的',
      '去年3月，工程动工，预计明年全部完工，惠及三万户。',
      '去年3月',
      '去年3月',
    ],
    [
      'take the other of two names in marks',
      '指控犯了哪些罪行',
      '新文件指控其犯有“战争罪行”和“反人道主义罪行”，要求调查。',
      '反人道主义罪行',
      '“战争罪行”和“反人道主义罪行”',
    ],
    [
      'take all names in marks',
      '家谱展分哪几个部分',
      '展览分“谱牒生辉”“巴风蜀韵”“名人谱萃”“祖堂家影”，市民可以免费参观。',
      '“名人谱萃”',
      '“谱牒生辉”“巴风蜀韵”“名人谱萃”“祖堂家影”',
    ],
    [
      'take back a thing with a bracket',
      '三停一休包括哪些',
      '台风来袭，停工（业）、停产、停课、休市从今天中午起执行，请市民不要外出。',
      '停产、停课、休市',
      '停工（业）、停产、停课、休市',
    ],
    [
      'take back what all others of a list begin with',
      '未来产业集群是哪几个',
      '广东将培育未来智能装备、未来电子信息、未来材料等产业集群。',
      '智能装备、未来电子信息、未来材料',
      '未来智能装备、未来电子信息、未来材料',
    ],
    [
      'take the whole of a range',
      '软件给多大的孩子用',
      '这套软件适合6-12岁的孩子，可以提高注意力和记忆力。',
      '-12岁',
      '6-12岁',
    ],
    [
      'take the letters of a figure',
      '新冒出来的分支名称',
      '目前流行的是新的分支EG.5.1，世卫组织正在密切关注。',
      '5.1',
      'EG.5.1',
    ],
    [
      'take the hundredths of a second',
      '五轮总成绩多少秒',
      '她以五轮总成绩35秒49的成绩夺得了这个项目的冠军。',
      '35秒',
      '35秒49',
    ],
    ['take 年', '备忘录是哪年写的', '1995年，他写了一份关于互联网的备忘录，震动了全公司。', '1995', '1995年'],
    [
      'lose 今年 when a day is asked for',
      '哪天宣布脱贫摘帽',
      '今年3月27日，县里正式宣布脱贫摘帽，全县一片欢腾。',
      '今年3月27日',
      '3月27日',
    ],
    [
      'lose what the question ends with',
      '会谈在哪举行',
      '新一轮经贸会谈将于本周在西班牙马德里举行，为期两天。',
      '西班牙马德里举行',
      '西班牙马德里',
    ],
    ['take the unit', '议案有多少票反对', '经审议，本议案同意9票、反对3票、弃权0票，获得通过。', '3', '3票'],
  ])('%s', (_, question, text, read, expected) => {
    expect(short(question, text, read)).toBe(expected)
  })

  test.each([
    ['刘胜先生', '刘胜'],
    ['王志刚院士', '王志刚'],
    ['塞尔维亚总统', '塞尔维亚总统'],
    ['邹城市长', '邹城市长'],
    ['Charlie McElligott周三', 'Charlie McElligott'],
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
