import { ChuchuError } from '../core/errors.ts'
import type { Desk, Generation } from '../core/ports.ts'
import type { Answer, Citation, Extract, Hit, Query } from '../core/types.ts'
import { faultsOf } from '../http/faults.ts'
import { AskBody, SearchBody } from '../http/requests.ts'
import { readCurrent } from '../index/generations.ts'
import { wireDesk, wireModels } from '../wire.ts'
import { fingerprintOf } from './build.ts'
import type { Settings } from './settings.ts'
import { type Terminal, visible } from './terminal.ts'

/** What was typed after `chuchu ask` or `chuchu search`. */
export interface AskFlags {
  readonly json?: boolean
  readonly top?: string
  readonly from?: string
  readonly to?: string
  readonly source?: string
}

/** @throws ChuchuError bad_input, index_…, model_… */
export const ask = async (
  question: string,
  flags: AskFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<void> => {
  const query = queryOf(AskBody, question, flags)
  const answer = await withDesk(settings, terminal, (desk) => desk.ask(query))
  tellDegraded(answer, terminal)
  terminal.out(flags.json ? `${JSON.stringify(answer)}\n` : answerText(answer, terminal.color))
}

/** @throws ChuchuError bad_input, index_…, model_… */
export const search = async (
  question: string,
  flags: AskFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<void> => {
  const query = queryOf(SearchBody, question, flags)
  const found = await withDesk(settings, terminal, (desk) => desk.search(query))
  tellDegraded(found, terminal)
  terminal.out(flags.json ? `${JSON.stringify(found)}\n` : found.hits.map(hitText).join('\n'))
}

/** The same rules as over HTTP. */
const queryOf = (body: typeof AskBody | typeof SearchBody, question: string, flags: AskFlags): Query => {
  const { top, from, to, source } = flags
  const given = { question, from, to, source, ...(top === undefined ? {} : { top: Number(top) }) }
  const parsed = body.safeParse(given)
  if (!parsed.success) {
    const faults = faultsOf(parsed.error.issues).map(({ field, message }) => `\n  ${field}: ${message}`)
    throw new ChuchuError('bad_input', `The question cannot be asked:${faults.join('')}`)
  }
  const { from: after, to: before, source: part, ...rest } = parsed.data
  return {
    history: [],
    question: rest.question,
    top: rest.top,
    ...(after === undefined ? {} : { from: after }),
    ...(before === undefined ? {} : { to: before }),
    ...(part === undefined ? {} : { source: part }),
  }
}

/** Opens index and models for as long as `work` takes. */
export const withDesk = async <T>(
  { config, folders }: Settings,
  terminal: Terminal,
  work: (desk: Desk) => Promise<T>,
): Promise<T> => {
  const models = wireModels(config)
  const loaded = models.ready()
  loaded.catch(() => undefined) // awaited below, after the index has been opened beside it
  try {
    if (config.embedder.includes('/')) await loaded
    const desk = wireDesk(config, models, (fault) => terminal.err(`${fault.message}\n`))
    try {
      tellAge(desk.generation, config.index, folders, terminal)
      await loaded
      return await work(desk)
    } finally {
      desk.generation.close()
    }
  } finally {
    await models.close()
  }
}

/** Says on stderr when what answers is not the index of the articles as they are now. */
const tellAge = (
  { info, builtAt }: Generation,
  index: string,
  folders: readonly string[],
  terminal: Terminal,
): void => {
  try {
    const current = readCurrent(index)
    if (current?.generation !== info.generation)
      terminal.err(
        `The newest index cannot be used: an older one answers, generation ${info.generation}, built ${builtAt}. To have a new one: chuchu index\n`,
      )
    else if (current.fingerprint !== fingerprintOf(folders))
      terminal.err(
        `The articles have changed since the index was built (${builtAt}). To bring it up to date: chuchu index\n`,
      )
  } catch (fault) {
    if (!(fault instanceof ChuchuError)) throw fault
    terminal.err(`${fault.message}\n`)
  }
}

/** A model that died after it was loaded. */
const tellDegraded = ({ degraded = [] }: Pick<Answer, 'degraded'>, terminal: Terminal): void => {
  for (const part of degraded) terminal.err(`The ${part} was down; this was found without it.\n`)
}

const BOLD = '\u001b[1m'
const DIM = '\u001b[2m'
const PLAIN = '\u001b[0m'

const answerText = (answer: Answer, color: boolean): string => {
  const paint = (code: string, text: string): string => (color ? `${code}${text}${PLAIN}` : text)
  const span = answer.answer
  const extractText = (extract: Extract): string => {
    const marked = span && span.extract === extract.n ? [span.start, span.end] : [0, 0]
    const [start = 0, end = 0] = marked
    const { text } = extract
    const body =
      visible(text.slice(0, start)) + paint(BOLD, visible(text.slice(start, end))) + visible(text.slice(end))
    return `[${extract.n}] ${body}\n    ${paint(DIM, sourceText(extract.citation))}\n`
  }
  const sure = paint(DIM, `（把握 ${answer.confidence.toFixed(2)}）`)
  const said = answer.answered ? (span ? paint(BOLD, visible(span.text)) : '') : refusalText(answer)
  const searched = answer.understoodAs
  const as = searched === undefined ? '' : `${paint(DIM, `（按“${visible(searched)}”查找）`)}\n`
  const head = `${as}${said}${sure}\n\n`
  const shown = answer.answered ? answer.extracts : answer.nearest
  const label = answer.answered || shown.length === 0 ? '' : '最接近的内容：\n\n'
  return head + label + shown.map(extractText).join('\n')
}

/** Why there is no answer, and which names, years or numbers of the question stand nowhere. */
const refusalText = ({ reason, missing = [] }: Answer): string => {
  const why = reason === 'not_sure' ? '资料中没有找到有把握的答案。' : '资料中没有找到答案。'
  return missing.length === 0 ? why : `${why}没有提到：${visible(missing.join('、'))}。`
}

const hitText = ({ n, text, score, citation, why }: Hit): string =>
  `[${n}] ${visible(text)}\n    ${sourceText(citation)} · ${score.toFixed(3)} · ${visible(why.words.join(' '))} · ${why.meaning.toFixed(3)}\n`

/** Title, byline, date, file and paragraph, as far as they are known. */
const sourceText = ({ title, byline, source, date, file, paragraph }: Citation): string =>
  visible(
    [title === null ? null : `《${title}》`, byline, source, date, file, `第 ${paragraph} 段`]
      .filter((part) => part !== null)
      .join(' · '),
  )
