/** Marks that end a sentence; a paragraph ends with one of them, or with a closing mark after one. */
const FINAL = new Set('。！？…!?；;')
const CLOSING = new Set('”’」』）)】》〉"\'')

/** Whether a text ends where a sentence ends. */
export const isClosed = (text: string): boolean => {
  let at = text.length - 1
  while (at >= 0 && (CLOSING.has(text.charAt(at)) || text.charCodeAt(at) <= 32)) at--
  return at >= 0 && FINAL.has(text.charAt(at))
}

/** Whether a text may end a paragraph though no sentence ends there: a colon before a list, a bracketed remark. */
export const mayClose = (text: string): boolean => /[：:）)】]$/.test(text)

const NAME = '[\\u4e00-\\u9fff·]{2,4}'
const NAMES = `${NAME}(?:[、，,和]?(?:本报)?(?:记者|通讯员)?${NAME}){0,7}`
const ROLE =
  '(?:(?:本报|本刊|本网|新华社|中新社|特约|见习|实习|首席|全媒体|驻[\\u4e00-\\u9fff]{2,6}){0,3}(?:记者|通讯员|评论员|特派员|撰稿人|编译))'

/** A line that only says who wrote: 本报记者吕丽, 作者：某某, 记者某某 通讯员某某 整理. White space removed. */
export const isByline = (text: string): boolean => text.length <= 40 && BYLINE.test(text)
const BYLINE = new RegExp(
  `^[（(]?(?:${ROLE}[：:]?${NAMES}|(?:作者|撰文|文|整理|采写|编辑|责任编辑|责编|来源|编译)[：:/／丨|]${NAMES}.{0,12})(?:整理|报道|文|摄影报道|文[/／]图|摄影|综合报道|采写)?[）)]?$`,
)

/** A line that only gives a day, with or without weekday and time: 2020-09-08 09:21:24, 2020年9月8日 星期二. */
export const isDateLine = (text: string): boolean =>
  text.length <= 30 &&
  /^[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:星期[一二三四五六日天])?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?$/.test(
    text,
  )

/** A line that only says who took the picture: 鞠家田摄, 新华社记者某某摄, （资料片）. White space removed. */
export const isCredit = (text: string): boolean => text.length <= 20 && CREDIT.test(text)
const SHOT = '(?:摄|摄影|供图|制图|绘|图)'
const CREDIT = new RegExp(
  `^[（(]?(?:(?:${ROLE})?${NAMES}${SHOT}|资料(?:片|图|图片|照片)|(?:视觉中国|新华社|图片来源)[：:]?${NAME}?供?图?片?)[）)]?$`,
)

/** A line that tells what a picture shows and ends with its credit. `spaced` keeps the white space before the name. */
export const isCaption = (spaced: string): boolean => {
  if (spaced.length > 120 || !/[摄影图）)]$/.test(spaced)) return false
  return /[（(](?:资料(?:片|图|图片|照片)|.{0,12}(?:摄|供图))[）)]$/.test(spaced) || CAPTION.test(spaced)
}
const CAPTION = new RegExp(
  `[。！？”）\\s](?:${ROLE}\\s*)?[\\u4e00-\\u9fff]\\s?[\\u4e00-\\u9fff·]{1,3}\\s+(?:摄|摄影|供图|制图)$`,
)

/** The opening of a report: 本报讯, 新华社北京5月1日电, 【环球网报道】, 据某某报道. White space removed. */
export const leadOf = (text: string): Lead | null => {
  const head = text.slice(0, 60)
  const match = firstMatch(LEADS, head)
  if (match === null) return null
  const byline = NAMED.exec(match[0])
  const day = /(\d{1,2})月(\d{1,2})日/.exec(match[0]) ?? LEARNT.exec(head.slice(match[0].length))
  return {
    length: match[0].length,
    byline: byline ? `记者${byline[1]}` : null,
    source:
      /新华社|中新社|中新网|新华网|人民网|央视|新京报|环球网|[\u4e00-\u9fff]{2,4}社/.exec(match[0])?.[0] ??
      null,
    month: day ? Number(day[1] ?? day[3]) : null,
    day: day ? Number(day[2] ?? day[4]) : null,
  }
}

const firstMatch = (forms: readonly RegExp[], text: string): RegExpExecArray | null => {
  for (const form of forms) {
    const found = form.exec(text)
    if (found !== null) return found
  }
  return null
}

const NAMED =
  /(?:记者|通讯员)[：:]?([\u4e00-\u9fff·]{2,4}?(?:[、，][\u4e00-\u9fff·]{2,4}?)*)(?=报道|[）)]|通讯员)/

/** Family names that begin no other word after 记者: 曾, 何, 常, 于, 许, 连 and the like may. */
const FAMILY =
  '[王李张刘陈杨黄赵周吴徐孙朱马胡郭林梁郑罗宋谢唐韩曹邓萧冯程蔡彭潘袁董苏吕魏蒋田杜丁沈姜范傅钟卢汪戴崔廖姚邱谭韦贾邹熊孟秦阎薛侯段郝孔邵史毛贺尹钱洪龚葛庞樊倪殷翟]'
const REPORTER = `${FAMILY}[\\u4e00-\\u9fff]{1,2}`
const OPENING =
  '^(?:(?:本报|本刊|本台|本网)?[^，。：\\s]{0,12}(?:讯|电|消息)[ \\u3000]*)?[（(]?(?:本报|本刊|本台|见习|实习|特约){0,2}记者[ \\u3000]?'
/**
 * Reporters named at the opening of a report where print parts their names from the text: by brackets, by the next
 * role, or by white space in the line. A number after a space proves nothing: scans set one there.
 */
const SIGNED = [
  new RegExp(
    `${OPENING}(${REPORTER}(?:[、\\s]+(?!实习|通讯)[\\u4e00-\\u9fff]{2,3})*)\\s*(?:[）)]|通讯员|实习生)`,
  ),
  new RegExp(`${OPENING}(${REPORTER}(?:、${REPORTER})*)[ \\u3000]+(?![\\d\\s报])`),
]

/** Who a report says wrote it, when its names are parted from the text by more than their sense; null when in doubt. */
export const signedBy = (spaced: string): string | null => {
  const head = spaced.slice(0, 80)
  const names = firstMatch(SIGNED, head)?.[1]
  return names === undefined || NO_NAME.test(names) ? null : `记者${names.replace(/\s+/g, ' ')}`
}

/** Words that follow 记者 in a sentence and not in a name. */
const NO_NAME = /[近昨今日月年从在向到了的是将会与和获对把被]/

/** The day the reporter learnt it, right after the opening: 记者5月13日获悉, 5月13日，记者从市政府了解到. */
const LEARNT = /^，?(?:记者(\d{1,2})月(\d{1,2})日|(\d{1,2})月(\d{1,2})日，记者)[^，。]{0,24}(?:获悉|了解到)/

/** What the opening of a report says. */
export interface Lead {
  readonly length: number
  readonly byline: string | null
  readonly source: string | null
  readonly month: number | null
  readonly day: number | null
}

const PAREN = '(?:[（(][^）)]{0,24}[）)])?'
const LEADS = [
  new RegExp(
    `^(?:本报|本刊|本台|本网)[\\u4e00-\\u9fff]{0,4}(?:\\d{1,2}月\\d{1,2}日)?(?:讯|电|消息)${PAREN}(?:[^，。：]{0,24}?报道)?`,
  ),
  /^(?:本报|本台)?(?:记者|通讯员)[\u4e00-\u9fff·、]{2,12}报道/,
  new RegExp(
    `^[\\u4e00-\\u9fff]{2,6}(?:社|网|报|台|讯|新闻|客户端)[^，。：]{0,10}(?:\\d{1,2}月\\d{1,2}日|月日)?(?:电|讯|消息)${PAREN}`,
  ),
  /^(?:【[^】]{2,20}】|\[[^\]]{2,20}\])/,
  new RegExp(`^[^，。：]{2,14}\\d{1,2}月\\d{1,2}日(?:电|讯)${PAREN}`),
]

/** The head of a column of briefs: a few characters with their reading in capitals, or a name such columns bear. */
export const isSection = (spaced: string): boolean =>
  /^[\u4e00-\u9fff]{2,6}\s*[A-Z]{4,20}$/.test(spaced) ||
  /^(?:[\u4e00-\u9fff]{2,4})?(?:时讯|短讯|简讯|快讯|要闻|速览|快报|短波|动态|回放|集锦|集萃|播报|一览|新闻)$/.test(
    spaced,
  )

/** A heading that opens the summary in front of a feature. */
export const isStandfirst = (text: string): boolean =>
  /^(?:核心提示|内容提要|阅读提示|编者按|编者的话|导读|提要|引言)[：:]?$/.test(text)

/** A line that says where a summary was taken from. */
export const isSourceNote = (text: string): boolean =>
  text.length <= 50 &&
  (/^[（(]?(?:(?:以上|本文|上文)均?据|(?:以上|本文|上文)?均?(?:摘自|摘编自|转自|选自|原载)).{2,40}$/.test(
    text,
  ) ||
    /^[（(]?据[^，。：]{2,20}[）)]?$/.test(text))

/** A heading numbered like the parts of one text: 一、（二）第三章 4. */
export const isNumbered = (text: string): boolean =>
  /^(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|\d{1,2}[、.．])/.test(
    text,
  )

/** Rules, page numbers and other print that says nothing. */
export const isRule = (text: string): boolean =>
  /^(?:[-—_=*·.•~～─━＊◆■□●○▲△※|]{2,}|[A-Z]?\d{1,3}版?|第[一二三四五六七八九十\d]{1,3}版)$/.test(text)

const OPENERS: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['（', '）'],
  ['《', '》'],
  ['【', '】'],
  ['(', ')'],
])

const PAIRED = /[“”（）《》【】()]/

/** Brackets and quotation marks that open and close the same number of times; most lines have none. */
export const isBalanced = (text: string): boolean =>
  !PAIRED.test(text) ||
  [...OPENERS].every(([open, close]) => text.split(open).length === text.split(close).length)

/** Quotation marks and brackets that a text leaves open at its end, and that it closes without having opened them. */
export const pending = (text: string): { readonly open: number; readonly shut: number } => {
  if (!PAIRED.test(text)) return NONE_PENDING
  const stack: string[] = []
  let shut = 0
  for (let at = 0; at < text.length; at++) {
    if (isWordUnit(text.charCodeAt(at))) continue
    const mark = text.charAt(at)
    const closer = OPENERS.get(mark)
    if (closer !== undefined) stack.push(closer)
    else if (stack.at(-1) === mark) stack.pop()
    else if (CLOSERS.has(mark)) shut++
  }
  return { open: stack.length, shut }
}
const NONE_PENDING = { open: 0, shut: 0 }
const CLOSERS = new Set(OPENERS.values())
/** Chinese characters, most of any text, need not be looked up. */
const isWordUnit = (unit: number): boolean => unit >= 0x3400 && unit < 0xff00

/** A line that could be a headline: short, one thought, no sentence end inside or after, nothing cut off. */
export const isHeadlineShaped = (text: string): boolean =>
  text.length >= 2 &&
  text.length <= 40 &&
  !/[。；，、：]$/.test(text) &&
  !/[。；]/.test(text) &&
  !/^[，。、；：？！”’）》」』】％%]/.test(text) &&
  /[\u4e00-\u9fffA-Za-z]/.test(text) &&
  isBalanced(text)
