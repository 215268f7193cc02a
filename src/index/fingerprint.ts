import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemCode } from '../core/errors.ts'
import { sumOfOpen } from './disk.ts'

/** Larger files are known by size and time: reading a file of gigabytes at every start would take seconds. */
const WHOLE = 64 << 20

/**
 * Tells whether the corpus changed since an index was built: a hash over the names and contents of its regular
 * files (size and time for those above 64 MiB). Contents, because a clone, a copy or a container changes times
 * without changing articles, and because an edit can keep both size and time; 100 MB take 0.1 s.
 * Order of the file system does not matter; links are not followed.
 */
export const corpusFingerprint = (folder: string): string => {
  const hash = createHash('sha256')
  for (const name of namesBelow(folder, '')) hash.update(`${name}\0${markOf(join(folder, name))}\n`)
  return hash.digest('hex').slice(0, 32)
}

const namesBelow = (folder: string, prefix: string): readonly string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${prefix}${entry.name}`
      if (entry.isDirectory()) return below(folder, `${name}/`)
      return entry.isFile() ? [name] : []
    })
    .sort()

/** A folder that may not be read has no files as far as we can know. */
const below = (folder: string, prefix: string): readonly string[] => {
  try {
    return namesBelow(folder, prefix)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return [prefix]
  }
}

const markOf = (path: string): string => {
  try {
    const { size, mtimeMs } = lstatSync(path)
    if (size > WHOLE) return `${size} ${mtimeMs}`
    const file = openSync(path, 'r')
    try {
      return sumOfOpen(file).sha256
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return systemCode(error) ?? 'unreadable'
  }
}
