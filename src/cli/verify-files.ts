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

/** Reads each file once. */
export const makeReadFile = (folders: readonly string[]): ReadFile => {
  const known = new Map<string, Uint8Array | string>()
  const bytesOf = (name: string): Uint8Array | string => {
    const bytes = known.get(name) ?? readFirst(folders, name)
    known.set(name, bytes)
    return bytes
  }
  return ({ file, fileSha256 }) => {
    const line = /^(.*?\.jsonl)#(.*)$/is.exec(file)
    const bytes = bytesOf(line?.[1] ?? file)
    if (typeof bytes === 'string') return bytes
    if (line) return readLine(bytes, line[2] ?? '', fileSha256)
    return { sha256: hashOf(bytes), texts: decodings(bytes) }
  }
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
const decodings = (bytes: Uint8Array): readonly string[] => {
  const marks: readonly (readonly [string, readonly number[]])[] = [
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ]
  const marked = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  if (marked) return [new TextDecoder(marked[0]).decode(bytes)]
  return ['utf-8', 'gb18030', 'big5'].map((encoding) => new TextDecoder(encoding).decode(bytes))
}

/** A line of a .jsonl by its id, its number, or `id~2` when an id comes twice; the hash says which of them it is. */
const readLine = (bytes: Uint8Array, id: string, sha256: string): ReturnType<ReadFile> => {
  const names = new Set([id, id.replace(/~\d+$/, '')])
  let other: string | undefined
  for (const file of decodings(bytes)) {
    for (const [i, line] of file.split('\n').entries()) {
      const text = textOfLine(line, names, String(i + 1))
      if (text === null) continue
      if (hashOf(text) === sha256) return { sha256, texts: [text] }
      other ??= text
    }
  }
  if (other === undefined) return `the file has no line of id ${JSON.stringify(id)}`
  return { sha256: hashOf(other), texts: [other] }
}

const Line = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  _id: z.union([z.string(), z.number()]).nullish(),
  text: z.string(),
})

const textOfLine = (json: string, names: ReadonlySet<string>, number: string): string | null => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null // a bad line cannot be cited
  }
  const line = Line.safeParse(value)
  if (!line.success) return null
  const id = line.data.id ?? line.data._id
  if (!names.has(id === null || id === undefined || id === '' ? number : String(id))) return null
  return new TextDecoder().decode(new TextEncoder().encode(line.data.text)) // halves of surrogate pairs become U+FFFD
}
