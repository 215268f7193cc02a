import type { Generation } from '../core/ports.ts'
import { type Range, type Rendered, rangesOf, render } from '../core/ranges.ts'
import type { Article, Citation } from '../core/types.ts'

/** One paragraph's part of a passage: `text.slice(start, end)` of the passage is `rendered.text.slice(from, …)`. */
interface Line {
  /** From 1. */
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly from: number
  readonly rendered: Rendered
  readonly source: readonly Range[]
}

/** A passage as it is read and shown, with the way back to the file. Offsets in UTF-16 code units of `text`. */
export interface PassageView {
  readonly passage: number
  readonly text: string
  readonly lines: readonly Line[]
}

/** Rendered passages kept: reading one costs a disk read; 4,096 of 300 characters are 12 MB with their offsets. */
const KEPT = 4096

export interface Views {
  readonly view: (passage: number) => PassageView
  readonly citation: (view: PassageView, start: number, end: number) => Citation
}

/** Reads passages out of a generation and turns places in them into citations. */
export const makeViews = (generation: Generation): Views => {
  const kept = new Map<number, PassageView>()
  const view = (passage: number): PassageView => {
    const seen = kept.get(passage)
    if (seen) return seen
    const made = readPassage(generation, passage)
    if (kept.size >= KEPT) for (const oldest of [...kept.keys()].slice(0, KEPT / 4)) kept.delete(oldest)
    kept.set(passage, made)
    return made
  }
  return { view, citation: (at, start, end) => cite(generation, at, start, end) }
}

const readPassage = (generation: Generation, number: number): PassageView => {
  const passage = at(generation.passages, number)
  const article = at(generation.articles, passage.article)
  const lines: Line[] = []
  let text = ''
  for (let paragraph = passage.firstParagraph; paragraph <= passage.lastParagraph; paragraph++) {
    const source = at(article.paragraphs, paragraph - 1)
    const rendered = renderParagraph(generation, article.file, source)
    const from = paragraph === passage.firstParagraph ? passage.from : 0
    const to = paragraph === passage.lastParagraph ? passage.to : rendered.text.length
    const start = text === '' ? 0 : text.length + 1
    text = (text === '' ? '' : `${text}\n`) + rendered.text.slice(from, to)
    lines.push({ paragraph, start, end: text.length, from, rendered, source })
  }
  return { passage: number, text, lines }
}

/** Reads only the stretch of the file that the ranges span, so a paragraph of a 100 MB file costs one small read. */
const renderParagraph = (generation: Generation, file: number, source: readonly Range[]): Rendered => {
  const low = Math.min(...source.map(([start]) => start))
  const high = Math.max(...source.map(([, end]) => end))
  const stretch = generation.fileText(file, low, high)
  const shifted = render(
    stretch,
    source.map(([start, end]) => [start - low, end - low]),
  )
  return { text: shifted.text, offsets: shifted.offsets.map((offset) => offset + low) }
}

const cite = (generation: Generation, view: PassageView, start: number, end: number): Citation => {
  const article = at(generation.articles, at(generation.passages, view.passage).article)
  const touched = view.lines.filter((line) => line.start < end && start < line.end)
  const ranges = touched.flatMap((line) => rangesInLine(line, start, end))
  return cited(generation, article, ranges, touched[0]?.paragraph ?? 1)
}

/** Names ranges of an article's file. */
export const cited = (
  generation: Generation,
  article: Article,
  ranges: readonly Range[],
  paragraph: number,
): Citation => {
  const file = at(generation.files, article.file)
  return {
    articleId: article.id,
    title: article.title,
    date: article.date,
    byline: article.byline,
    source: article.source,
    file: file.name,
    fileId: file.id,
    fileSha256: file.sha256,
    ranges,
    paragraph,
    url: `/articles/${article.id}#p${paragraph}`,
  }
}

const rangesInLine = (line: Line, start: number, end: number): readonly Range[] => {
  const from = line.from + Math.max(0, start - line.start)
  const to = line.from + Math.min(line.end, end) - line.start
  return rangesOf(line.rendered, line.source, from, to)
}

const at = <T>(list: readonly T[], i: number): T => {
  const item = list[i]
  if (item === undefined) throw new RangeError(`no item ${i} in a list of ${list.length}`)
  return item
}
