import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { systemCode } from '../core/errors.ts'
import { walk } from './folder.ts'

/** Larger files are known by size and time: reading a file of gigabytes at every start would take seconds. */
const WHOLE = 64 << 20

/**
 * Tells whether the corpus changed since an index was built: a hash over the names and contents of its article files
 * (size and time for those above 64 MiB). Contents, because a clone, a copy or a container changes times without changing
 * articles, and because an edit can keep both size and time; 100 MB take 0.1 s.
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
    const { size, mtimeMs } = lstatSync(path)
    return size > WHOLE ? `${size} ${mtimeMs}` : createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch (error) {
    return systemCode(error) ?? 'unreadable'
  }
}
