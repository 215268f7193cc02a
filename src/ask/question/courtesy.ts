const ASKS = /什么|啥|谁|哪|几|多少|多[大高长重远宽快深久]|怎|如何|为何|何[时处地人]|吗|是否|有没有|是不是/u

/** What a question is begun with. */
const BEFORE =
  /^(?:(?:你|您|大家)好|hi|hello|请问(?:一下|下)?|请教(?:一下|下)?|(?:麻烦|劳驾)(?:你|您|大家)?(?:问|查|帮)?(?:我|忙)?(?:一下|下)?|我?想(?:要)?(?:问|知道|了解|请教|查)(?:问)?(?:一下|下)?|我(?:要|来)?(?:问|查)(?:一下|下)|请?(?:你|您)?(?:帮我|帮忙|给我)(?:问|查|看|找|搜)(?:一查|一看|查|看|找)?(?:一下|下)?|请?(?:你|您)?(?:告诉|回答)我|(?:根据|按照|按)(?:这些|这篇|上述|以上|该)?(?:文章|报道|新闻|材料|资料|文本|内容)(?=[，,：:])|(?:文章|报道|新闻|材料|资料|文)(?:里面?|中|上)(?:所?(?:说|提到|讲|写)(?:到|过)?的?|(?=[，,：:]))|(?:[你您]了解|(?:你|您|谁|有人|有谁|大家)(?:知道|晓得|清楚))(?:不知道)?(?![到了的]))[，,。.：:!！~\s]*/iu
/** And ended with. */
const THANKS =
  /[，,。.!！~\s]*(?:谢谢(?:你|您|啦|了|大家)?|多谢(?:了)?|感谢|拜托(?:了)?|thanks)[。.!！~?？\s]*$/iu
const WHO_KNOWS = /[，,。.\s]*(?:你|您|有人|有谁|谁)?(?:知道|晓得|清楚)(?:吗|么|不)[。.!！~?？\s]*$/u
const KNOWS = /(?:知道|晓得|清楚|了解)(?:不知道)?[，,\s]*$/u
/** Characters that a question has besides, at least. */
const LEAST = 3

/**
 * A question without what is said out of courtesy: 请问, 帮我查一下, 你知道…吗, 报道里说, 谢谢. What is left always asks or is a keyword; a
 * question of nothing else stays.
 */
export const withoutCourtesy = (question: string): string => {
  let text = question
  for (;;) {
    const [said = ''] = BEFORE.exec(text) ?? []
    const rest = text.slice(said.length)
    if (said === '' || rest.length < LEAST || (KNOWS.test(said) && !ASKS.test(rest))) break
    text = KNOWS.test(said) ? withoutWhether(rest) : rest
  }
  const thanked = text.replace(THANKS, '')
  const kept = thanked.length >= LEAST ? thanked : text
  const rest = kept.replace(WHO_KNOWS, '')
  return rest.length >= LEAST && ASKS.test(rest) ? rest : kept
}

/** 你知道市长是谁吗 asks who, 你知道港口有学校吗 whether. */
const withoutWhether = (text: string): string => {
  const rest = text.replace(/(?:吗|么|不)[?？。\s]*$/u, '')
  return ASKS.test(rest) ? rest : text
}
