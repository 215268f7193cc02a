import { commonness, SAMPLE } from './common.ts'
import { foreignEncoding } from './foreign.ts'

/** Bytes as text, or the reason why they are none. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string; readonly warning?: string }
  | { readonly kind: 'refused'; readonly reason: string }

/** Of 1,000 units of text at most this many may be control characters; a program or picture has hundreds. */
const CONTROLS_PER_MILLE = 5
/** Share of them among what is not ASCII. In 400 news texts: .38 and more when decoded rightly, .04 at most when wrongly. */
const RECOGNISED = 0.1

/**
 * Decodes a file: byte order mark, else strict UTF-8, else GB18030 or Big5, whichever gives more common characters.
 * What is plainly in another encoding is refused: as one of these it would decode as well, to nonsense.
 * The text never holds a lone surrogate: what cannot be decoded becomes U+FFFD and is reported with its offset.
 */
export const decode = (bytes: Uint8Array): Decoded => {
  const marked = byMark(bytes)
  if (marked !== null) return checked(bytes, marked)
  if (bytes.includes(0))
    return { kind: 'refused', reason: 'is binary (it holds zero bytes), or UTF-16 without a byte order mark' }
  const strict = strictly(bytes, 'utf-8')
  if (strict !== null) return refuseControls({ kind: 'text', text: strict, encoding: 'utf-8' })
  return refuseControls(guess(bytes))
}

const byMark = (bytes: Uint8Array): string | null => {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

const checked = (bytes: Uint8Array, encoding: string): Decoded => {
  const strict = strictly(bytes, encoding)
  return refuseControls(strict === null ? loosely(bytes, encoding) : { kind: 'text', text: strict, encoding })
}

const strictly = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null // not valid in this encoding: the next one is tried
  }
}

const unknown = (guessed = ''): Decoded => ({
  kind: 'refused',
  reason: `is in an encoding that is not known here (${guessed}known are UTF-8, UTF-16 with a byte order mark, GB18030 and Big5; save it in UTF-8)`,
})

const guess = (bytes: Uint8Array): Decoded => {
  const legacy = ['gb18030', 'big5'].flatMap((encoding) => {
    const text = strictly(bytes, encoding)
    return text === null ? [] : [{ kind: 'text' as const, text, encoding, worth: commonness(text) }]
  })
  const best = legacy.sort((x, y) => y.worth - x.worth)[0]
  const foreign = best === undefined || best.worth < SURE ? foreignEncoding(bytes) : null
  if (foreign !== null) return unknown(`it seems to be ${foreign}; `)
  if (best !== undefined && best.worth >= RECOGNISED) return unmixed(bytes, best)
  const loose = ['utf-8', 'gb18030', 'big5']
    .map((encoding) => loosely(bytes, encoding))
    .sort((x, y) => commonness(y.text) - commonness(x.text))[0]
  if (loose !== undefined && commonness(loose.text) >= RECOGNISED) return loose
  if (best === undefined) return unknown()
  return { ...best, warning: `its encoding is not certain; it was read as ${best.encoding}` }
}

/**
 * UTF-8 among GB18030 or Big5 decodes without a fault, to nonsense: a line that is better UTF-8 is named, and the file
 * read in whichever encoding most of it is in.
 */
const unmixed = (bytes: Uint8Array, best: Decoded & { kind: 'text'; worth: number }): Decoded => {
  const { text, encoding, worth } = best
  const plain = { kind: 'text' as const, text, encoding }
  if (worth >= SURE) return plain
  const loose = loosely(bytes, 'utf-8')
  if (commonness(loose.text) > worth) return loose
  const offset = firstUtf8Line(bytes, encoding)
  if (offset === null) return plain
  const warning = `byte ${offset} begins a line of utf-8 in a file of ${encoding}: it mixes encodings. Save it in UTF-8 to mend it`
  return { ...plain, warning }
}

/** Share of common characters from which on a text is not looked at again; the least of 400 news texts was .38. */
const SURE = 0.36

const firstUtf8Line = (bytes: Uint8Array, encoding: string): number | null => {
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(10, from)
    const line = bytes.subarray(from, feed < 0 ? bytes.length : feed)
    const text = line.some((byte) => byte > 0x7f) ? strictly(line, 'utf-8') : null
    if (text !== null && commonness(text) > commonness(new TextDecoder(encoding).decode(line))) return from
    from += line.length + 1
  }
  return null
}

const loosely = (bytes: Uint8Array, encoding: string) => ({
  kind: 'text' as const,
  text: new TextDecoder(encoding).decode(bytes),
  encoding,
  warning:
    `byte ${firstOdd(bytes, encoding)} is not ${encoding}: the file mixes encodings or is damaged. ` +
    'It was read with U+FFFD in such places; save it in UTF-8 to mend it',
})

/** Where another encoding begins: at the first byte that does not decode, or at a line before it that is UTF-8. */
const firstOdd = (bytes: Uint8Array, encoding: string): number => {
  const bad = firstBad(bytes, encoding)
  const isLegacy = encoding === 'gb18030' || encoding === 'big5'
  return isLegacy ? Math.min(bad, firstUtf8Line(bytes, encoding) ?? bad) : bad
}

/** Offset of the byte after the longest prefix that decodes, by halving: no decoder tells it. */
const firstBad = (bytes: Uint8Array, encoding: string): number => {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodesTo(bytes, middle, encoding)) good = middle
    else bad = middle
  }
  return good
}

const decodesTo = (bytes: Uint8Array, end: number, encoding: string): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, end), { stream: end < bytes.length })
    return end <= bytes.length
  } catch {
    return false
  }
}

const refuseControls = (decoded: Decoded): Decoded => {
  if (decoded.kind === 'refused') return decoded
  const size = Math.min(decoded.text.length, SAMPLE)
  let controls = 0
  for (let at = 0; at < size; at++) {
    const unit = decoded.text.charCodeAt(at)
    if (unit < 9 || (unit > 13 && unit < 32 && unit !== 27) || unit === 127) controls++
  }
  const tooMany = controls * 1000 > size * CONTROLS_PER_MILLE
  return tooMany ? { kind: 'refused', reason: 'is binary (too many control characters)' } : decoded
}
