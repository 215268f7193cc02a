import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from '../../src/corpus/encoding/decode.ts'
import { encoded } from '../encoded.ts'

const NEWS = '大连市今年上半年生产总值增长，记者从市政府了解到，企业复工复产的情况很好。'
/** The same sentence, 本市企业的情况很好, in two encodings that both decode either way. */
const GBK = Buffer.from('b1becad0c6f3d2b5b5c4c7e9bff6badcbac3', 'hex')
const BIG5 = Buffer.from('a5bba5aba5f8b77eaaafb1a1aa70abdca66ea141a4a4b0eaaaba', 'hex')
const textOf = (bytes: Uint8Array): string => {
  const decoded = decode(bytes)
  return decoded.kind === 'text' ? decoded.text : `refused: ${decoded.reason}`
}
const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}

test('UTF-8 and UTF-16 with a byte order mark are read without the mark', () => {
  expect(decode(Buffer.from(`\ufeff${NEWS}`))).toEqual({ kind: 'text', text: NEWS, encoding: 'utf-8' })
  expect(decode(utf16(NEWS, false))).toEqual({ kind: 'text', text: NEWS, encoding: 'utf-16le' })
  expect(decode(utf16(NEWS, true))).toEqual({ kind: 'text', text: NEWS, encoding: 'utf-16be' })
})

test('GB18030 and Big5 are told apart by how common their characters are', () => {
  expect(decode(GBK)).toMatchObject({ text: '本市企业的情况很好', encoding: 'gb18030' })
  expect(decode(BIG5)).toMatchObject({ encoding: 'big5', text: expect.stringContaining('本市企業') })
})

test('line ends are kept as they are', () => {
  expect(textOf(Buffer.from('一\r\n二\r三'))).toBe('一\r\n二\r三')
})

test('a damaged or mixed file is read and the first bad byte is named', () => {
  const head = Buffer.from(NEWS.repeat(20))
  const decoded = decode(Buffer.concat([head, Buffer.from([0xff, 0xff]), Buffer.from(NEWS.repeat(20))]))
  expect(decoded).toMatchObject({
    kind: 'text',
    encoding: 'utf-8',
    warning: expect.stringContaining(`byte ${head.length} `),
  })
  const mixed = decode(Buffer.concat([head, GBK]))
  expect(mixed).toMatchObject({ kind: 'text', warning: expect.stringContaining(`byte ${head.length} `) })
})

test('lines of UTF-8 in a file of another encoding are named though they decode', () => {
  const legacy = Buffer.concat(Array.from({ length: 10 }, () => Buffer.concat([GBK, Buffer.from('\n')])))
  const decoded = decode(Buffer.concat([legacy, Buffer.from(`${NEWS}\n${NEWS}\n`), legacy]))
  expect(decoded).toMatchObject({ kind: 'text', warning: expect.stringContaining(`byte ${legacy.length} `) })
  expect(decode(legacy)).toEqual({
    kind: 'text',
    text: '本市企业的情况很好\n'.repeat(10),
    encoding: 'gb18030',
  })
})

test('half a surrogate pair in UTF-16 never reaches the text', () => {
  const decoded = decode(
    Buffer.concat([utf16('甲', false), Buffer.from([0x00, 0xd8]), Buffer.from('乙', 'utf16le')]),
  )
  expect(decoded).toMatchObject({
    kind: 'text',
    text: '甲\ufffd乙',
    warning: expect.stringContaining('utf-16le'),
  })
})

const JAPANESE =
  '昨日、大連市は新しい図書館を開館した。市長によると、座席は三百八十席で、夜十時まで利用できるという。'
const KOREAN =
  '대련시는 어제 새 도서관의 문을 열었다. 시장은 좌석이 삼백팔십 개이고 밤 열 시까지 이용할 수 있다고 말했다.'
const FRENCH =
  'La bibliothèque a été inaugurée hier à Dalian; le maire a précisé que la journée était dédiée aux élèves.'

test.each([
  ['shift_jis', JAPANESE, 'Shift_JIS'],
  ['euc-jp', JAPANESE, 'EUC-JP'],
  ['euc-kr', KOREAN, 'EUC-KR'],
  ['windows-1252', FRENCH.replaceAll(' à ', ' dès '), 'windows-1252'],
])('a text in %s is refused, with its encoding and those that are read', (encoding, text, name) => {
  expect(decode(encoded(text, encoding))).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(
      new RegExp(`^is in an encoding that is not known here.*${name}.*UTF-8, .*GB18030 and Big5`),
    ),
  })
})

test.each([
  ['names', '出席的有：山田太郎、鈴木一郎、渡辺謙、宮崎駿、高橋留美子、村上春樹、東野圭吾。'],
  ['rare characters', '饕餮、魑魅、魍魉、貔貅、獬豸、狴犴、睚眦、髹漆、枸杞、苁蓉、薏苡、蒺藜'],
  ['titles in kana', '歌手演唱了《さくらさくら》、《ふるさと》、《もみじ》和《うみ》，全场掌声不断。'],
  ['three characters', '大连市'],
  ['a name in English', `${'The company said so on Monday. '.repeat(9)}（王磊）`],
])('a Chinese text of %s is read, in GB18030 as in UTF-8', (_, text) => {
  for (const bytes of [encoded(text, 'gb18030'), Buffer.from(text)]) expect(textOf(bytes)).toBe(text)
})

test('any cut of a Chinese article in GB18030 or Big5 is read, however short', () => {
  const simplified = NEWS.repeat(2)
  const traditional =
    '今年全鄉茶園面積達到四千二百畝，預計產量一百五十噸。茶農說，今年的春茶比去年早採了八天。'
  for (const [text, encoding] of [
    [simplified, 'gb18030'],
    [traditional, 'big5'],
  ] as const)
    for (let from = 0; from < text.length; from++)
      for (const size of [1, 2, 5, 12, 25, 60])
        expect(decode(encodedOnce(text, encoding, from, size)).kind).toBe('text')
})

/** Both encodings give every character of these texts two bytes. */
const encodedOnce = (text: string, encoding: string, from: number, size: number): Uint8Array => {
  const bytes = whole.get(text) ?? encoded(text, encoding)
  whole.set(text, bytes)
  return bytes.subarray(2 * from, 2 * (from + size))
}
const whole = new Map<string, Uint8Array>()

test('binary files are refused', () => {
  expect(decode(new Uint8Array([1, 2, 0, 4]))).toMatchObject({ kind: 'refused' })
  expect(decode(Buffer.from(`${'\u0001\u0002'.repeat(50)}${NEWS}`))).toMatchObject({ kind: 'refused' })
  expect(decode(Buffer.from('文'.repeat(10), 'utf16le'))).toMatchObject({ kind: 'text' })
})

test('any well-formed text comes back from UTF-8 and UTF-16', () => {
  const text = array(constantFrom('大', '连', 'a', '\n', '😀', '𠀀', '　'), { maxLength: 60 }).map((parts) =>
    parts.join(''),
  )
  assert(
    property(text, (given) => {
      expect(textOf(Buffer.from(given))).toBe(given)
      expect(textOf(utf16(given, false))).toBe(given)
      expect(textOf(utf16(given, true))).toBe(given)
    }),
  )
  assert(
    property(string({ unit: 'binary' }), (given) => {
      expect(textOf(Buffer.from(given))).not.toMatch(/\p{Surrogate}/u)
    }),
  )
})
