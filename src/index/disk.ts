import { createHash } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ChuchuError, systemCode } from '../core/errors.ts'

/** Size in bytes and SHA-256 in hex. */
export interface Sum {
  readonly size: number
  readonly sha256: string
}

const BLOCK = 1 << 20

/** Hash and size of what the pieces hold together. */
export const sumOf = (pieces: Iterable<Uint8Array>): Sum => {
  const hash = createHash('sha256')
  let size = 0
  for (const piece of pieces) {
    hash.update(piece)
    size += piece.byteLength
  }
  return { size, sha256: hash.digest('hex') }
}

/** Writes a new file and returns when it is on the disk. Readable by its owner alone. */
export const writeDurable = (path: string, pieces: Iterable<Uint8Array>): void => {
  const file = openSync(path, 'w', 0o600)
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.byteLength; ) at += writeSync(file, piece, at)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Waits until a file written by others, or the names in a folder, are on the disk. */
export const sync = (path: string): void => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Replaces a small file in one step: a reader sees the old or the new, never a part. */
export const replaceDurable = (path: string, text: string): void => {
  const temporary = `${path}.tmp`
  writeDurable(temporary, [Buffer.from(text)])
  renameSync(temporary, path)
  sync(dirname(path))
}

/** Hash and size of what is on the disk, a block at a time. */
export const sumOfFile = (path: string): Sum => {
  const file = openSync(path, 'r')
  try {
    return sumOfOpen(file)
  } finally {
    closeSync(file)
  }
}

/** The same for a file that stays open, so that what is read later is what was hashed. */
export const sumOfOpen = (file: number): Sum => {
  const hash = createHash('sha256')
  const block = Buffer.allocUnsafe(BLOCK)
  let size = 0
  for (;;) {
    const count = readSync(file, block, 0, BLOCK, size)
    if (count === 0) return { size, sha256: hash.digest('hex') }
    hash.update(block.subarray(0, count))
    size += count
  }
}

/** Reads a whole file, of more than 2 GiB too, into memory of its own. */
export const readWhole = (path: string): Uint8Array<ArrayBuffer> => {
  const file = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(fstatSync(file).size)
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(file, bytes, at, Math.min(bytes.length - at, 1 << 30), at)
      if (count === 0) break
      at += count
    }
    return bytes
  } finally {
    closeSync(file)
  }
}

/** Bytes a user may still write to the file system that holds the folder. */
export const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** @throws ChuchuError disk_full when fewer than `needed` bytes are left. */
export const requireSpace = (folder: string, needed: number): void => {
  const free = freeBytes(folder)
  if (free < needed) throw diskFull(folder, needed, free)
}

export const diskFull = (folder: string, needed: number, free: number, cause?: unknown): ChuchuError =>
  new ChuchuError(
    'disk_full',
    `No space for the index in ${folder}: it needs ${megabytes(needed)}, ${megabytes(free)} are free. Free some space or set CHUCHU_INDEX to another disk; the old index is untouched.`,
    { cause, details: { needed, free } },
  )

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** True for what the system says when a write found no room: disk, quota or file size limit. */
export const isNoSpace = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(error) ?? '')
