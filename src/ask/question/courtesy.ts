const ASKS = /什么|啥|谁|哪|几|多少|多[大高长重远宽快深久]|怎|如何|为何|何[时处地人]|吗|是否|有没有|是不是/u

const ONCE = '(?:一下|下|一查|一看)?'
const LOOK = '(?:问|查|看|找|搜|核实|确认)(?:查|看|找)?'
const TELL = '(?:告诉|回答)我|(?:给我)?(?:讲讲|说说|(?:讲|说|介绍)一?下)'
const TOLD = '(?:文章|报道|新闻|材料|资料|文)(?:里面?|中|上)'
/** What a question is begun with; most of it may be said one after the other. */
const BEFORE = new RegExp(
  `^(?:${[
    '(?:你|您|大家)好|hi|hello|那个(?=[，,])|问题[:：]|\\d{1,2}[.、)](?!\\d)|到底|究竟',
    '我(?:正在|在|是|最近|刚|们)[^。！!?？]*[。！!](?!.?[他她它这那该其])',
    `请[问教]${ONCE}`,
    `(?:麻烦|劳驾)(?:你|您|大家)?(?:问|查|帮)?(?:我|忙)?${ONCE}`,
    `我?想(?:要)?(?:知道|了解|请教|${LOOK})(?:问)?${ONCE}`,
    `我(?:要|来)?(?:问|查)${ONCE}`,
    `(?:能不能|能否|可不可以|可以|能)?请?(?:你|您)?(?:(?:帮我|帮忙|给我)${LOOK}${ONCE}|${TELL}(?=.*(?:${ASKS.source})))`,
    `(?:能不能|能否|可不可以|可以|能)${LOOK}(?:一下|下)`,
    '(?:根据|按照|按)(?:这些|这篇|上述|以上|该)?(?:文章|报道|新闻|材料|资料|文本|内容)(?=[，,：:])',
    `${TOLD}(?:所?(?:说|提到|讲|写)(?:到|过)?的?|(?=[，,：:]))`,
    '(?:[你您]了解|(?:你|您|谁|有人|有谁|大家)(?:知道|晓得|清楚)|不知道)(?:不知道)?(?![到了的])',
  ].join('|')})[，,。.:：!！~\\s]*`,
  'iu',
)
/** And ended with. */
const BEHIND =
  /[，,。.!！~?？\s]*(?:谢谢(?:你|您|啦|了|大家)?|多谢(?:了)?|感谢|拜托(?:了)?|thanks|来着|急+|在线等|请?(?:给出|注明|附上|标明|列出)(?:出处|来源|原文))[。.!！~?？\s]*$/iu
const WHO_KNOWS = /[，,。.\s]*(?:你|您|有人|有谁|谁)?(?:知道|晓得|清楚)(?:吗|么|不)[。.!！~?？\s]*$/u
/** What begins so asks for what follows, if that asks; it ends with 吗 that is its own. */
const WHETHER = /知道|晓得|清楚|了解|能|可以/u
/** Characters that a question has besides, at least. */
const LEAST = 3

/**
 * A question without what is said out of courtesy: 请问, 能不能帮我查一下…吗, 你知道…吗, 报道里说, 谢谢. What is left is a part of it; a
 * question of nothing else stays.
 */
export const withoutCourtesy = (question: string): string => {
  let text = question
  for (;;) {
    const [said = ''] = BEFORE.exec(text) ?? []
    const rest = text.slice(said.length)
    const isWhether = WHETHER.test(said)
    if (said === '' || rest.length < LEAST || (isWhether && !ASKS.test(rest))) break
    text = isWhether ? withoutWhether(rest) : rest
  }
  const thanked = text.replace(BEHIND, '')
  const kept = thanked.length >= LEAST ? thanked : text
  const rest = kept.replace(WHO_KNOWS, '')
  return rest.length >= LEAST && ASKS.test(rest) ? rest : kept
}

/** 你知道市长是谁吗 asks who, 你知道港口有学校吗 whether. */
const withoutWhether = (text: string): string => {
  const rest = text.replace(/(?:吗|么|不)[?？。\s]*$/u, '')
  return ASKS.test(rest) ? rest : text
}
