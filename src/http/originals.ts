import { constants, createReadStream } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { systemCode } from '../core/errors.ts'

/** A file of the corpus as it lies on the disk now. */
export interface Original {
  readonly size_bytes: number
  /** Another one for other bytes, as far as the system tells: size, times and place of the file. */
  readonly etag: string
  /** Its bytes, as fast as they are taken. */
  readonly stream: () => ReadableStream<Uint8Array>
}

/** null when no such file lies there any more. */
export type Originals = (name: string) => Promise<Original | null>

/** Reads from the folders the index was made of: names as in the index, and never what a link leads to. */
export const makeOriginals =
  (folders: readonly string[]): Originals =>
  async (name) => {
    for (const folder of folders) {
      const original = await find(folder, name)
      if (original !== null) return original
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

const find = async (folder: string, name: string): Promise<Original | null> => {
  try {
    const inside = await realpath(folder)
    const path = join(inside, name)
    // Another real path means a link on the way, which the indexer does not follow either.
    if ((await realpath(path)) !== path) return null
    const stats = await stat(path)
    if (!stats.isFile()) return null
    await access(path, constants.R_OK)
    return {
      size_bytes: stats.size,
      etag: `"${[stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join('-')}"`,
      stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    }
  } catch (error) {
    if (GONE.has(systemCode(error) ?? '')) return null
    throw error
  }
}
