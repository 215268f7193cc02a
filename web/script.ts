/** Rows and columns of GB 2312 that hold characters. */
const ROWS = [0xb0, 0xf7] as const
const COLUMNS = [0xa1, 0xfe] as const

const charactersOf = (encoding: string): ReadonlySet<string> => {
  const bytes: number[] = []
  for (let row: number = ROWS[0]; row <= ROWS[1]; row++)
    for (let column: number = COLUMNS[0]; column <= COLUMNS[1]; column++) bytes.push(row, column)
  return new Set(new TextDecoder(encoding).decode(new Uint8Array(bytes)))
}

/** The 6,763 characters in which simplified Chinese is written: a table that every browser has. */
const SIMPLIFIED = charactersOf('gb2312')

/** Whether a text holds a character that simplified Chinese does not have: a traditional one, or a rare one. */
export const looksTraditional = (text: string): boolean =>
  [...text].some((sign) => /\p{Script=Han}/u.test(sign) && !SIMPLIFIED.has(sign))

export type Script = 'simplified' | 'traditional'
export type Convert = (text: string) => string

/** The tables of characters are large, so each comes only when there is something to be written with it. */
export const loadConverter = async (to: Script): Promise<Convert> =>
  to === 'traditional'
    ? (await import('./traditional.ts')).toTraditional
    : (await import('./simplified.ts')).toSimplified
