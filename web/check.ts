import type { Range } from '../src/core/ranges.ts'
import type { Extract } from '../src/core/types.ts'

/** What the browser finds when it holds an extract against its file, trusting nothing the server said. */
export interface Check {
  readonly ranges: readonly { readonly range: Range; readonly text: string; readonly equal: boolean }[]
  /** All ranges together, white space removed, equal the extract, white space removed. */
  readonly verbatim: boolean
  readonly sha256: { readonly expected: string; readonly found: string; readonly equal: boolean }
}

const squeezed = (text: string): string => text.replace(/\s/g, '')

/** `bytes` as the server sent them, `file` their text. */
export const checkExtract = async (extract: Extract, file: string, bytes: ArrayBuffer): Promise<Check> => {
  const wanted = squeezed(extract.text)
  let at = 0
  const ranges = extract.citation.ranges.map((range) => {
    const text = file.slice(range[0], range[1])
    const part = squeezed(text)
    const equal = part !== '' && wanted.startsWith(part, at)
    at += part.length
    return { range, text, equal }
  })
  const found = await sha256(bytes)
  const expected = extract.citation.fileSha256
  return {
    ranges,
    verbatim: ranges.length > 0 && ranges.every(({ equal }) => equal) && at === wanted.length,
    sha256: { expected, found, equal: expected === found },
  }
}

const sha256 = async (bytes: ArrayBuffer): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
