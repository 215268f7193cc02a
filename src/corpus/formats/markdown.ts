import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import { type Range, render } from '../../core/ranges.ts'
import { isoDate } from '../../text/dates.ts'
import { draft, field, type Parsed } from '../draft.ts'
import { lineRanges, tidied } from '../spans.ts'
import { parseHtml } from './html.ts'

/** Nesting above this is no writing; the parser's time grows with the square of it. */
const MAX_NESTING = 64

/** A block of the file: what it is, and the ranges of its words without markup. */
interface Block {
  readonly isTitle: boolean
  readonly ranges: readonly Range[]
}

/** Reads a Markdown file as one article; its first # heading is the title when the front matter has none. */
export const parseMarkdown = (text: string): Parsed => {
  if (nesting(text) > MAX_NESTING)
    return {
      drafts: [draft({ paragraphs: lineRanges(text).map((range) => [range]) })],
      warnings: ['nested too deep to be Markdown that someone wrote; read as plain lines'],
    }
  const parts = partsOf(text)
  const trees = parts.map(([start, end]) => treeOf(text.slice(start, end)))
  const front = frontMatter(trees[0])
  const blocks = trees.flatMap((tree, index) => {
    const [start, end] = parts[index] ?? [0, 0]
    return blocksOf(text.slice(start, end), tree).map((block) => moved(block, start))
  })
  const named = field(front.get('title'))
  const heading = named === null ? blocks.find((block) => block.isTitle) : undefined
  return {
    drafts: [
      draft({
        title: heading ? { text: render(text, heading.ranges).text, ranges: heading.ranges } : named,
        byline: field(front.get('author') ?? front.get('byline')),
        source: field(front.get('source'))?.text ?? null,
        section: field(front.get('section') ?? front.get('category'))?.text ?? null,
        date: isoDate(front.get('date') ?? front.get('published')),
        paragraphs: blocks.filter((block) => block !== heading).map((block) => block.ranges),
      }),
    ],
    warnings: [],
  }
}

/** Characters. The parser's time and memory grow faster than its text, so longer files are parsed in parts. */
const PART = 50_000

/** Ranges of at least PART characters; a part ends at a blank line before a line that opens a block of its own. */
const partsOf = (text: string): readonly Range[] => {
  const parts: Range[] = []
  let start = 0
  let fence = false
  for (let line = 0; line < text.length; ) {
    const feed = text.indexOf('\n', line)
    const next = feed < 0 ? text.length : feed + 1
    if (/^ {0,3}(?:```|~~~)/.test(text.slice(line, line + 6))) fence = !fence
    const isOpen = text.charAt(line) === '\n' && /^[#\p{L}“]/u.test(text.slice(next, next + 2))
    if (isOpen && !fence && next - start >= PART) {
      parts.push([start, next])
      start = next
    }
    line = next
  }
  return start < text.length || parts.length === 0 ? [...parts, [start, text.length]] : parts
}

const treeOf = (text: string): Root =>
  fromMarkdown(text, {
    extensions: [frontmatter(['yaml', 'toml']), gfmTable()],
    mdastExtensions: [frontmatterFromMarkdown(['yaml', 'toml']), gfmTableFromMarkdown()],
  })

const moved = ({ isTitle, ranges }: Block, by: number): Block => ({
  isTitle,
  ranges: ranges.map(([start, end]) => [start + by, end + by] as const),
})

/** Deepest run of block quote and list marks at the start of a line, or of opening brackets in a row. */
const nesting = (text: string): number => {
  let deepest = 0
  let marks = 0
  let head = true
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at)
    if (unit === '\n') {
      head = true
      marks = 0
    } else if ((head && '>-+*'.includes(unit)) || unit === '[') deepest = Math.max(deepest, ++marks)
    else if (unit !== ' ' && unit !== '\t') {
      head = false
      marks = 0
    }
  }
  return deepest
}

/** `key: value` lines; nested YAML is not read. */
const frontMatter = (tree: Root | undefined): ReadonlyMap<string, string> => {
  const first = tree?.children[0]
  const value =
    first?.type === 'yaml' || String(first?.type) === 'toml' ? (first as { value: string }).value : ''
  const found = new Map<string, string>()
  for (const line of value.split(/\r?\n/)) {
    const match = /^([A-Za-z_]+)\s*[:=]\s*(\S.*)$/.exec(line)
    if (match?.[1] && match[2]) found.set(match[1].toLowerCase(), unquoted(match[2].trim()))
  }
  return found
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value

const blocksOf = (text: string, tree: Root): readonly Block[] => {
  const found: Block[] = []
  const visit = (node: Nodes, quoted: boolean): void => {
    for (const ranges of paragraphsOf(text, node, quoted)) {
      const tidy = tidied(text, ranges)
      if (tidy.length > 0) found.push({ isTitle: node.type === 'heading' && node.depth === 1, ranges: tidy })
    }
    if (isHolder(node)) for (const child of node.children) visit(child, quoted || node.type === 'blockquote')
  }
  visit(tree, false)
  return found
}

const HOLDERS = ['root', 'blockquote', 'list', 'listItem', 'table'] as const
type Holder = Extract<Nodes, { readonly type: (typeof HOLDERS)[number] }>
const isHolder = (node: Nodes): node is Holder => HOLDERS.some((type) => type === node.type)

/** What a block says, as paragraphs; none for a block that only holds others. */
const paragraphsOf = (text: string, node: Nodes, quoted: boolean): readonly (readonly Range[])[] => {
  if (node.type === 'paragraph' || node.type === 'heading') return [words(text, node, quoted)]
  if (node.type === 'tableRow') return [row(text, node, quoted)]
  if (node.type === 'code') return codeLines(text, node).map((range) => [range])
  return node.type === 'html' ? embedded(text, node) : []
}

/** The ranges of the words in a block: text and inline code; marks, link targets, images and tags are left out. */
const words = (text: string, node: Nodes, quoted: boolean): Range[] => {
  if (node.type === 'text') return written(text, ...place(node), quoted)
  if (node.type === 'inlineCode') return written(text, ...inside(text, place(node)), quoted)
  if (node.type === 'break') return [place(node)].filter(([start]) => text.charAt(start) !== '\\')
  return 'children' in node ? node.children.flatMap((child) => words(text, child, quoted)) : []
}

const place = (node: Nodes): [number, number] => [
  node.position?.start.offset ?? 0,
  node.position?.end.offset ?? 0,
]

/** Inline code without its back quotes. */
const inside = (text: string, [start, end]: Range): [number, number] => {
  let from = start
  let to = end
  while (from < to && text.charAt(from) === '`') from++
  while (to > from && text.charAt(to - 1) === '`') to--
  return [from, to]
}

const ESCAPE = /\\(?=[!-/:-@[-`{-~])|&nbsp;|(?<=\n)[ \t]*(?:>[ \t]?)+/g

/** A stretch of text without the backslashes that only escape, and without the > of later lines of a quotation. */
const written = (text: string, start: number, end: number, quoted: boolean): Range[] => {
  const kept: Range[] = []
  let from = start
  for (const match of text.slice(start, end).matchAll(ESCAPE)) {
    if (!quoted && match[0].includes('>')) continue
    kept.push([from, start + match.index])
    from = start + match.index + match[0].length
  }
  return [...kept, [from, end] as const].filter(([a, b]) => a < b)
}

/** The cells of a row with the | between them, so that figures of two cells never run together. */
const row = (text: string, node: Nodes, quoted: boolean): Range[] => {
  const cells = 'children' in node ? node.children.map((cell) => words(text, cell, quoted)) : []
  return cells.flatMap((cell, n) => {
    const before = cells
      .slice(0, n)
      .findLast((other) => other.length > 0)
      ?.at(-1)?.[1]
    const next = cell[0]?.[0]
    if (before === undefined || next === undefined) return cell
    const bar = text.indexOf('|', before)
    return bar >= 0 && bar < next ? [[bar, bar + 1] as const, ...cell] : cell
  })
}

/** The lines of a code block without its fences. */
const codeLines = (text: string, node: Nodes): readonly Range[] => {
  const lines = lineRanges(text, ...place(node))
  const isFence = (range: Range | undefined): boolean =>
    range !== undefined && /^(?:`{3,}|~{3,})/.test(text.slice(...range))
  const last = isFence(lines.at(-1)) && lines.length > 1 ? -1 : lines.length
  return isFence(lines[0]) ? lines.slice(1, last) : lines
}

/** Paragraphs of a block of HTML, moved to where it stands in the file. */
const embedded = (text: string, node: Nodes): readonly (readonly Range[])[] => {
  const [start, end] = place(node)
  const [page] = parseHtml(text.slice(start, end)).drafts
  const blocks = page ? [...(page.title ? [page.title.ranges] : []), ...page.paragraphs] : []
  return blocks.map((ranges) => ranges.map(([from, to]) => [from + start, to + start] as const))
}
