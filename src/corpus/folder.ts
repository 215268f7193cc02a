import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { ChuchuError, systemCode } from '../core/errors.ts'
import { holdsIndex, isOfIndex } from '../core/index-names.ts'
import type { Warning } from '../core/types.ts'

/** A file of the corpus folder that may hold articles. */
export interface Found {
  /** Path below the folder, `/` between folders. */
  readonly name: string
  readonly path: string
  readonly extension: string
  readonly size_bytes: number
}

export interface Walk {
  readonly found: readonly Found[]
  readonly warnings: readonly Warning[]
}

/** Bytes. Read whole, so a file must fit a JavaScript string (2^29 units) with room to spare. */
const WHOLE_LIMIT = 256 * 2 ** 20
/** Bytes. Markup is parsed into a tree some thirty times its size; an article is never as long as this. */
const MARKUP_LIMIT = 16 * 2 ** 20
/** Bytes. Read line by line; all texts are kept in memory. */
const LINES_LIMIT = 2 ** 31

const LIMITS: ReadonlyMap<string, number> = new Map([
  ['.txt', WHOLE_LIMIT],
  ['.md', MARKUP_LIMIT],
  ['.html', MARKUP_LIMIT],
  ['.htm', MARKUP_LIMIT],
  ['.jsonl', LINES_LIMIT],
])

/** Files of these names speak about the corpus and are not part of it; a notice.txt may be a notice that people ask about. */
const ABOUT =
  /^(?:[Rr]eadme|README|[Ss]ources|SOURCES|[Ll]icen[cs]e|LICEN[CS]E|NOTICE|COPYING)(?:\.[A-Za-z]+)?$/

/**
 * The article files below a folder, in byte order of their names (the same on every machine).
 * Regular files only; no symbolic link below the folder is followed; hidden files, ABOUT and an index are passed over.
 * @throws ChuchuError corpus_missing when there is no such folder.
 */
export const walk = (folder: string): Walk => {
  requireFolder(folder)
  const found: Found[] = []
  const warnings: Warning[] = []
  const others = new Map<string, number>()
  const open = ['']
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const name of list(folder, below, warnings)) {
      const stats = look(folder, name, warnings)
      if (stats?.isDirectory()) open.push(name)
      else if (stats?.isFile()) take(folder, name, stats, found, warnings, others)
    }
  }
  return { found: found.sort(byName), warnings: [...warnings, ...leftOut(others)] }
}

const leftOut = (others: ReadonlyMap<string, number>): readonly Warning[] =>
  [...others].sort().map(([extension, count]) => ({
    file: extension === '' ? '(no extension)' : `*${extension}`,
    message: `${count} file(s) left out: articles are read from .txt, .md, .html, .htm and .jsonl`,
  }))

const requireFolder = (folder: string): void => {
  const what = `The corpus folder ${folder}`
  const next = 'Set CHUCHU_CORPUS to a folder that holds .txt, .md, .html or .jsonl files.'
  try {
    if (statSync(folder).isDirectory()) return
  } catch (cause) {
    throw new ChuchuError('corpus_missing', `${what} cannot be opened (${systemCode(cause)}). ${next}`, {
      cause,
    })
  }
  throw new ChuchuError('corpus_missing', `${what} is not a folder. ${next}`)
}

/** Names below the corpus folder of what lies in one of its folders. An index may lie beside its articles; it holds copies of them. */
const list = (folder: string, below: string, warnings: Warning[]): readonly string[] => {
  try {
    const entries = readdirSync(join(folder, below))
    return (holdsIndex(entries) ? entries.filter((entry) => !isOfIndex(entry)) : entries)
      .filter((entry) => !entry.startsWith('.') && !ABOUT.test(entry))
      .map((entry) => (below === '' ? entry : `${below}/${entry}`))
  } catch (error) {
    warnings.push({ file: below, message: `folder cannot be read (${systemCode(error)}); left out` })
    return []
  }
}

const look = (folder: string, name: string, warnings: Warning[]): Stats | null => {
  try {
    const stats = lstatSync(join(folder, name))
    if (stats.isDirectory() || stats.isFile()) return stats
    const kind = stats.isSymbolicLink() ? 'a symbolic link (not followed)' : 'not a regular file'
    warnings.push({ file: name, message: `is ${kind}; left out` })
  } catch (error) {
    warnings.push({ file: name, message: `cannot be looked at (${systemCode(error)}); left out` })
  }
  return null
}

const take = (
  folder: string,
  name: string,
  stats: Stats,
  found: Found[],
  warnings: Warning[],
  others: Map<string, number>,
): void => {
  const extension = extensionOf(name)
  const limit = LIMITS.get(extension)
  if (limit === undefined) others.set(extension, (others.get(extension) ?? 0) + 1)
  else if (stats.size > limit)
    warnings.push({
      file: name,
      message: `has ${stats.size} bytes; the limit for ${extension} is ${limit}. Left out: split it into parts`,
    })
  else found.push({ name, path: join(folder, name), extension, size_bytes: stats.size })
}

const extensionOf = (name: string): string => {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const dot = base.lastIndexOf('.')
  return dot <= 0 ? '' : base.slice(dot).toLowerCase()
}

const byName = (a: Found, b: Found): number => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))
