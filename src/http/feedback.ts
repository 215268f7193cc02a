import { appendFile, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../core/errors.ts'

/** Keeps one line; false when there is no room for it. */
export type KeepFeedback = (line: object) => Promise<boolean>

/** Bytes. Some ten thousand verdicts; a page that runs wild cannot fill the disk. */
const MOST = 16 * 2 ** 20

/** Appends to a file, one after the other. A line broken off by a crash is ended first, so that it spoils no other. */
export const makeKeepFeedback = (path: string, most = MOST): KeepFeedback => {
  let last: Promise<unknown> = Promise.resolve()
  return (line) => {
    const turn = last.then(() => append(path, `${JSON.stringify(line)}\n`, most))
    last = turn.catch(() => undefined) // whoever asked is told; the next one begins anew
    return turn
  }
}

/** The disk, a quota or a limit on file sizes is full; or nothing may be written there. */
const NO_ROOM: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM']

const append = async (path: string, line: string, most: number): Promise<boolean> => {
  try {
    await mkdir(dirname(path), { recursive: true })
    const size = await sizeOf(path)
    if (size + Buffer.byteLength(line) + 1 > most) return false
    const broken = size > 0 && (await byteAt(path, size - 1)) !== 0x0a
    await appendFile(path, broken ? `\n${line}` : line, { mode: 0o600 })
    return true
  } catch (error) {
    if (NO_ROOM.includes(systemCode(error) ?? '')) return false
    throw error
  }
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}

const byteAt = async (path: string, at: number): Promise<number | undefined> => {
  const file = await open(path)
  try {
    return (await file.read(Buffer.alloc(1), 0, 1, at)).buffer[0]
  } finally {
    await file.close()
  }
}
