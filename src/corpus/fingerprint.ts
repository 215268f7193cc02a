import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { systemCode } from '../core/errors.ts'
import { walk } from './folder.ts'

/** Larger files are known by size and time: reading a file of gigabytes at every start would take seconds. */
const WHOLE = 64 << 20
/** Milliseconds. A file that changed this lately may change again within one tick of its clock. */
const RESTLESS = 2000

/**
 * Tells whether the corpus changed since an index was built: a hash over the names and contents of its article files
 * (size and time for those above 64 MiB). Contents, because a clone, a copy or a container changes times without changing
 * articles, and because an edit can keep both size and time; 100 MB take 0.1 s. One process reads a file again when the
 * system says that it was touched.
 * @throws ChuchuError corpus_missing
 */
export const corpusFingerprint = (folder: string): string => {
  const { found } = walk(folder)
  const hash = createHash('sha256')
  for (const { name, path } of found) hash.update(`${name}\0${markOf(path)}\n`)
  return hash.digest('hex').slice(0, 32)
}

const markOf = (path: string): string => {
  try {
    const { size, mtimeMs, ctimeMs, ino, dev } = lstatSync(path)
    return size > WHOLE ? `${size} ${mtimeMs}` : hashOf(path, [size, mtimeMs, ctimeMs, ino, dev].join(' '))
  } catch (error) {
    return systemCode(error) ?? 'unreadable'
  }
}

/** Path → what the system said of the file when it was read, and its hash. ctime: no program sets it at will. */
const known = new Map<string, { readonly stamp: string; readonly hash: string }>()

const hashOf = (path: string, stamp: string): string => {
  const before = known.get(path)
  if (before?.stamp === stamp) return before.hash
  const began = Date.now()
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (lstatSync(path).ctimeMs < began - RESTLESS) known.set(path, { stamp, hash })
  return hash
}
