import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { z } from 'zod'

/** A cited file: the hash of its bytes and every text they can be read as; or why it cannot be read. */
export type ReadFile = (cited: {
  readonly file: string
  readonly fileSha256: string
}) => { readonly sha256: string; readonly texts: readonly string[] } | string

/** SHA-256 in 64 hex digits. */
export const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Texts of the lines of a .jsonl by their ids. */
type Lines = ReadonlyMap<string, readonly string[]>
/** A .jsonl in everything it can be, parsed when it is asked for. */
type Readings = readonly (() => Lines)[]

/** Reads each file once, and parses it once. */
export const makeReadFile = (folders: readonly string[]): ReadFile => {
  const files = new Map<string, ReturnType<ReadFile>>()
  const tables = new Map<string, Readings | string>()
  return ({ file, fileSha256 }) => {
    const [, name, id] = /^(.*?\.jsonl)#(.*)$/is.exec(file) ?? []
    if (name === undefined || id === undefined)
      return once(files, file, () => whole(readFirst(folders, file)))
    const readings = once(tables, name, () => readingsOf(readFirst(folders, name)))
    return typeof readings === 'string' ? readings : lineOf(readings, id, fileSha256)
  }
}

const once = <T>(known: Map<string, T>, name: string, make: () => T): T => {
  const value = known.get(name) ?? make()
  known.set(name, value)
  return value
}

const whole = (bytes: Uint8Array | string): ReturnType<ReadFile> =>
  typeof bytes === 'string'
    ? bytes
    : {
        sha256: hashOf(bytes),
        texts: encodingsOf(bytes).map((encoding) => new TextDecoder(encoding).decode(bytes)),
      }

/** From the first folder that has it; why not, from the last. */
const readFirst = (folders: readonly string[], name: string): Uint8Array | string => {
  let found: Uint8Array | string = 'there is no corpus folder'
  for (const folder of folders) {
    found = readInside(folder, name)
    if (typeof found !== 'string') return found
  }
  return found
}

/** Never outside the corpus folder, whatever the answer says. */
const readInside = (corpus: string, name: string): Uint8Array | string => {
  const path = resolve(join(corpus, name))
  if (!path.startsWith(resolve(corpus) + sep)) return `${JSON.stringify(name)} is not inside ${corpus}`
  try {
    if (!realpathSync(path).startsWith(realpathSync(corpus) + sep))
      return `${JSON.stringify(name)} leads out of ${corpus}`
    return readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    return code === 'ENOENT' ? `there is no such file in ${corpus}` : `the file cannot be read (${code})`
  }
}

/** The byte order mark decides; without one, everything the bytes can be, the likely first. */
const encodingsOf = (bytes: Uint8Array): readonly string[] => {
  const marks: readonly (readonly [string, readonly number[]])[] = [
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ]
  const marked = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  return marked ? [marked[0]] : ['utf-8', 'gb18030', 'big5']
}

/** A line of a .jsonl by its id, its number, or `id~2` when an id comes twice; the hash says which of them it is. */
const lineOf = (readings: Readings, id: string, sha256: string): ReturnType<ReadFile> => {
  let other: string | undefined
  for (const read of readings) {
    const lines = read()
    const texts = [id, id.replace(/~\d+$/, '')].flatMap((name) => lines.get(name) ?? [])
    const text = texts.find((one) => hashOf(one) === sha256)
    if (text !== undefined) return { sha256, texts: [text] }
    other ??= texts[0]
  }
  if (other === undefined) return `the file has no line of id ${JSON.stringify(id)}`
  return { sha256: hashOf(other), texts: [other] }
}

const readingsOf = (bytes: Uint8Array | string): Readings | string => {
  if (typeof bytes === 'string') return bytes
  return encodingsOf(bytes).map((encoding) => {
    let lines: Lines | undefined
    return () => (lines ??= linesOf(new TextDecoder(encoding).decode(bytes)))
  })
}

const linesOf = (file: string): Lines => {
  const lines = new Map<string, string[]>()
  for (const [i, json] of file.split('\n').entries()) {
    const line = parseLine(json)
    if (line) once(lines, line.id ?? String(i + 1), () => [] as string[]).push(line.text)
  }
  return lines
}

const Line = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  _id: z.union([z.string(), z.number()]).nullish(),
  text: z.string(),
})

/** `id` null where the line gives none: its number stands for it. null for what is no article: it cannot be cited. */
const parseLine = (json: string): { readonly id: string | null; readonly text: string } | null => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const line = Line.safeParse(value)
  if (!line.success) return null
  const id = line.data.id ?? line.data._id
  return {
    id: id === null || id === undefined || id === '' ? null : String(id),
    text: new TextDecoder().decode(new TextEncoder().encode(line.data.text)), // halves of surrogate pairs become U+FFFD
  }
}
