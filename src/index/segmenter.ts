import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import nodejieba from 'nodejieba'
import type { Segmenter } from '../core/ports.ts'

/** UTF-16 code units given to jieba at once: 10 million cost it 360 MB; cuts fall where no word is likely to be cut. */
const PIECE = 20_000
const BREAK = /[\s。！？；，、]/u
/** Words of this many characters or more are followed by their parts, as jieba's search mode has it. */
const LONG = 3

const table = (name: string): string => fileURLToPath(new URL(`../../models/jieba/${name}`, import.meta.url))
/** Jieba's dictionary without its rarest words, and what stands for the table of its keyword extraction (models/jieba/MODEL.md). */
const TABLES = { dict: table('dict.utf8'), idfDict: table('idf.utf8') }

let loaded = false

/**
 * Jieba: 122 MB and 0.5 s, once a process and never given back; with its whole dictionary, when a table is not there,
 * 235 MB and 1.2 s. The second argument of cut switches unknown words on; without it 2024 becomes 2/0/2/4.
 */
export const openSegmenter = (): Segmenter => {
  if (!loaded) nodejieba.load(Object.values(TABLES).every((file) => existsSync(file)) ? TABLES : {}) // a table that is not there would end the process
  loaded = true
  return {
    search: (text) => piecesOf(text).flatMap((piece) => nodejieba.cut(piece, true).flatMap(withParts)),
    tag: (text) => piecesOf(text).flatMap((piece) => nodejieba.tag(piece)),
  }
}

const withParts = (word: string): readonly string[] => {
  if (word.length < LONG || !HAN.test(word)) return [word]
  return [word, ...nodejieba.cutForSearch(word, true).filter((part) => part !== word && part.length > 1)]
}

const HAN = /^\p{Script=Han}+$/u

/** Well-formed, and in pieces of bounded length. */
const piecesOf = (text: string): readonly string[] => {
  const whole = text.replace(/\p{Cs}/gu, '\ufffd')
  if (whole.length <= PIECE) return whole === '' ? [] : [whole]
  const pieces: string[] = []
  for (let at = 0; at < whole.length; ) {
    const end = breakBefore(whole, at, Math.min(whole.length, at + PIECE))
    pieces.push(whole.slice(at, end))
    at = end
  }
  return pieces
}

/** A place in the last 1,000 units before `end` where a break stands, else `end`, never inside a surrogate pair. */
const breakBefore = (text: string, from: number, end: number): number => {
  if (end === text.length) return end
  for (let at = end; at > Math.max(from, end - 1000); at--) if (BREAK.test(text.charAt(at - 1))) return at
  const unit = text.charCodeAt(end)
  return unit >= 0xdc00 && unit <= 0xdfff ? end - 1 : end
}
