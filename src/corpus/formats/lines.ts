import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/** Bytes read at a time. */
const BLOCK = 1 << 20

/** A line of a file as bytes, without its line feed. */
export interface ByteLine {
  /** From 1. */
  readonly number: number
  readonly bytes: Uint8Array
  /** Bytes of the file up to and with this line. */
  readonly read_bytes: number
}

/**
 * The lines of a file, one at a time: a file of any size costs the memory of its longest line.
 * The byte 0x0A ends a line in UTF-8, GB18030 and Big5 alike and is part of no other character there; UTF-16, known by its
 * mark, comes as UTF-8.
 */
export function* byteLines(path: string): Generator<ByteLine> {
  const handle = openSync(path, 'r')
  try {
    let number = 0
    let read_bytes = 0
    let held: Uint8Array[] = []
    for (const block of blocks(handle)) {
      let from = 0
      for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, from)) {
        const bytes = Buffer.concat([...held, block.subarray(from, end)])
        held = []
        from = end + 1
        read_bytes += bytes.length + 1
        yield { number: ++number, bytes, read_bytes }
      }
      if (from < block.length) held.push(block.subarray(from))
    }
    const bytes = Buffer.concat(held)
    if (bytes.length > 0) yield { number: number + 1, bytes, read_bytes: read_bytes + bytes.length }
  } finally {
    closeSync(handle)
  }
}

/** SHA-256 of a file in 64 hex digits, read block by block. */
export const hashOf = (path: string): string => {
  const hash = createHash('sha256')
  const handle = openSync(path, 'r')
  try {
    for (let block = nextBlock(handle); block.length > 0; block = nextBlock(handle)) hash.update(block)
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/** The bytes of a file, block by block, those of UTF-16 as UTF-8. */
function* blocks(handle: number): Generator<Uint8Array> {
  let block = nextBlock(handle)
  const decoder = decoderOf(block)
  for (; block.length > 0; block = nextBlock(handle))
    yield decoder ? Buffer.from(decoder.decode(block, { stream: true })) : block
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield Buffer.from(rest)
}

/** Of UTF-16 with its byte order mark; null for everything else. */
const decoderOf = ([first, second]: Uint8Array) => {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le')
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be') : null
}

const nextBlock = (handle: number): Uint8Array => {
  const block = new Uint8Array(BLOCK)
  return block.subarray(0, readSync(handle, block, 0, BLOCK, null))
}
