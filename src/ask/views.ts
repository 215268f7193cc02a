import { partsOf } from '../core/passage.ts'
import type { Generation } from '../core/ports.ts'
import { cut, hullOf, type Range, type Rendered, rangesOf, render } from '../core/ranges.ts'
import type { Article, Citation } from '../core/types.ts'

/** One paragraph's part of a passage: `text.slice(start, end)` of the passage is `rendered.text`. */
interface Line {
  /** From 1. */
  readonly paragraph: number
  readonly start: number
  readonly end: number
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
  const paragraphs = makeParagraphs(generation)
  const view = (passage: number): PassageView => {
    const seen = kept.get(passage)
    if (seen) return seen
    const made = readPassage(generation, paragraphs, passage)
    if (kept.size >= KEPT) for (const oldest of [...kept.keys()].slice(0, KEPT / 4)) kept.delete(oldest)
    kept.set(passage, made)
    return made
  }
  return { view, citation: (at, start, end) => cite(generation, at, start, end) }
}

type Paragraphs = (article: Article, paragraph: number) => Rendered

const readPassage = (generation: Generation, paragraphs: Paragraphs, number: number): PassageView => {
  const passage = at(generation.passages, number)
  const article = at(generation.articles, passage.article)
  const lines: Line[] = []
  let text = ''
  for (const [i, { paragraph, from, to }] of partsOf(passage).entries()) {
    const whole = paragraphs(article, paragraph)
    const rendered = cut(whole, from, to ?? whole.text.length)
    const start = i === 0 ? 0 : text.length + 1
    text = (i === 0 ? '' : `${text}\n`) + rendered.text
    lines.push({
      paragraph,
      start,
      end: text.length,
      rendered,
      source: at(article.paragraphs, paragraph - 1),
    })
  }
  return { passage: number, text, lines }
}

/**
 * Paragraphs as they are shown, the last one kept, since the passages of a long one are read one after another. Reads only the stretch of the
 * file that the ranges span, so a paragraph of a 100 MB file costs a read of its own size.
 */
const makeParagraphs = (generation: Generation): Paragraphs => {
  let last: { readonly article: string; readonly paragraph: number; readonly rendered: Rendered } | null =
    null
  return (article, paragraph) => {
    if (last?.article === article.id && last.paragraph === paragraph) return last.rendered
    const source = at(article.paragraphs, paragraph - 1)
    const [low, high] = hullOf(source)
    const shifted = render(
      generation.fileText(article.file, low, high),
      source.map(([start, end]) => [start - low, end - low]),
    )
    const rendered = { text: shifted.text, offsets: shifted.offsets.map((offset) => offset + low) }
    last = { article: article.id, paragraph, rendered }
    return rendered
  }
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
  const from = Math.max(0, start - line.start)
  const to = Math.min(line.end, end) - line.start
  return rangesOf(line.rendered, line.source, from, to)
}

const at = <T>(list: readonly T[], i: number): T => {
  const item = list[i]
  if (item === undefined) throw new RangeError(`no item ${i} in a list of ${list.length}`)
  return item
}
