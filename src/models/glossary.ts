import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../../models/cedict/glossary.tsv', import.meta.url))

let table: Promise<string> | null = null

/** The table of models/cedict for text/glossary.ts, 3.5 MB, read at first use; empty when it is not there: English is then searched for as it stands. */
export const readGlossary = (): Promise<string> => {
  table ??= readFile(FILE, 'utf8').catch(() => '')
  return table
}
