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
import { crc32 } from 'node:zlib'
import { ChuchuError, systemCode } from '../core/errors.ts'

/** Size in bytes and SHA-256 in hex. */
export interface Sum {
  readonly size: number
  readonly sha256: string
}

const BLOCK = 1 << 20

/** Bytes that Node hashes, writes or reads in one call: of 2 GiB it does none. */
const AT_ONCE = 1 << 30

const partsOf = (piece: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(piece.byteLength / AT_ONCE) }, (_, i) =>
    piece.subarray(i * AT_ONCE, (i + 1) * AT_ONCE),
  )

/** Hash and size of what the pieces hold together. */
export const sumOf = (pieces: Iterable<Uint8Array>): Sum => {
  const hash = createHash('sha256')
  let size = 0
  for (const piece of pieces) {
    for (const part of partsOf(piece)) hash.update(part)
    size += piece.byteLength
  }
  return { size, sha256: hash.digest('hex') }
}

/** Writes a new file and returns when it is on the disk. Readable by its owner alone. */
export const writeDurable = (path: string, pieces: Iterable<Uint8Array>): void => {
  const file = openSync(path, 'w', 0o600)
  try {
    for (const piece of pieces) {
      for (const part of partsOf(piece))
        for (let at = 0; at < part.byteLength; ) at += writeSync(file, part, at)
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

/** The same for a file that is open; `onBlock` gets each stretch of BLOCK bytes, the last may be shorter. */
export const sumOfOpen = (file: number, onBlock?: (bytes: Uint8Array) => void): Sum => {
  const hash = createHash('sha256')
  const block = Buffer.allocUnsafe(BLOCK)
  let size = 0
  for (;;) {
    const bytes = block.subarray(0, readAt(file, block, size))
    if (bytes.length === 0) return { size, sha256: hash.digest('hex') }
    hash.update(bytes)
    onBlock?.(bytes)
    size += bytes.length
  }
}

/** Fills `into` from a position on, as far as the file goes. */
const readAt = (file: number, into: Uint8Array, position: number): number => {
  let at = 0
  while (at < into.length) {
    const count = readSync(file, into, at, into.length - at, position + at)
    if (count === 0) break
    at += count
  }
  return at
}

/** Bytes of a file that stays open, each block of which is held against what was hashed whenever it is read. */
export interface CheckedFile {
  readonly sum: Sum
  /** @throws RangeError where the bytes are no longer those that were hashed */
  readonly read: (position: number, size: number) => Buffer<ArrayBuffer>
}

/** Bytes between two checksums in memory; checking one takes 5 µs. */
const CHECKED = 16 * 1024

/** Hashes an open file and remembers a checksum of every block of it. */
export const checkedFile = (file: number): CheckedFile => {
  const checksums: number[] = []
  const sum = sumOfOpen(file, (bytes) => {
    for (let at = 0; at < bytes.length; at += CHECKED) checksums.push(crc32(bytes.subarray(at, at + CHECKED)))
  })
  return {
    sum,
    read: (position, size) => {
      const first = Math.floor(position / CHECKED)
      const last = Math.ceil((position + size) / CHECKED)
      const from = first * CHECKED
      const bytes = Buffer.alloc(Math.max(0, Math.min(sum.size, last * CHECKED) - from))
      const whole = readAt(file, bytes, from) === bytes.length
      const isSame = (_: unknown, i: number): boolean =>
        crc32(bytes.subarray(i * CHECKED, (i + 1) * CHECKED)) === checksums[first + i]
      if (!whole || !Array.from({ length: last - first }).every(isSame)) throw new RangeError('changed')
      return bytes.subarray(position - from, position - from + size)
    },
  }
}

/** Reads a whole file, of more than 2 GiB too, into memory of its own. */
export const readWhole = (path: string): Uint8Array<ArrayBuffer> => {
  const file = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(fstatSync(file).size)
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(file, bytes, at, Math.min(bytes.length - at, AT_ONCE), at)
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
