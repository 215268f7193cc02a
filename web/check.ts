import type { Range } from '../src/core/ranges.ts'
import type { Extract } from '../src/core/types.ts'
import { canHash, sha256 } from './digest.ts'

/** A file as it lies on the disk: its bytes, and the text that they are in the charset the server names. */
export interface Original {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly charset: string
  readonly text: string
}

/** What the browser finds when it holds an extract against its file, trusting nothing the server said. */
export interface Check {
  readonly ranges: readonly { readonly range: Range; readonly text: string; readonly equal: boolean }[]
  /** All ranges together, white space removed, equal the extract, white space removed. */
  readonly verbatim: boolean
  /** null where the browser computes none. */
  readonly sha256: { readonly expected: string; readonly found: string; readonly equal: boolean } | null
}

const squeezed = (text: string): string => text.replace(/\s/g, '')

/** Holds an extract against the bytes of its file. */
export const checkExtract = async (
  extract: Extract,
  { text: file, bytes }: Pick<Original, 'text' | 'bytes'>,
): Promise<Check> => {
  const wanted = squeezed(extract.text)
  let at = 0
  const ranges = extract.citation.ranges.map((range) => {
    const text = file.slice(range[0], range[1])
    const part = squeezed(text)
    const equal = part !== '' && wanted.startsWith(part, at)
    at += part.length
    return { range, text, equal }
  })
  const found = canHash() ? (await sha256(bytes)).hex : null
  const expected = extract.citation.fileSha256
  return {
    ranges,
    verbatim: ranges.length > 0 && ranges.every(({ equal }) => equal) && at === wanted.length,
    sha256: found === null ? null : { expected, found, equal: expected === found },
  }
}
