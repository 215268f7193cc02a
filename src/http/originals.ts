import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../core/errors.ts'

/** Bytes of a file of the corpus as they lie on the disk now; null when no such file lies there any more. */
export type Originals = (name: string) => Promise<Uint8Array<ArrayBuffer> | null>

/** Reads from the folders the index was made of: names as in the index, and never what a link leads to. */
export const makeOriginals =
  (folders: readonly string[]): Originals =>
  async (name) => {
    for (const folder of folders) {
      const bytes = await readInside(folder, name)
      if (bytes !== null) return bytes
    }
    return null
  }

/** No such file, or what stands in its place. What else fails is a fault, not a file that went. */
const GONE: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ERR_INVALID_ARG_VALUE',
])

const readInside = async (folder: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> => {
  try {
    const inside = await realpath(folder)
    const path = join(inside, name)
    // Another real path means a link on the way, which the indexer does not follow either.
    if ((await realpath(path)) !== path || !(await stat(path)).isFile()) return null
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (GONE.has(systemCode(error) ?? '')) return null
    throw error
  }
}
