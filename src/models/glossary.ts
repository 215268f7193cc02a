import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../../models/cedict/glossary.tsv', import.meta.url))

let table: Promise<string> | null = null

/**
 * The table of models/cedict for text/glossary.ts, 3.5 MB, read at first use. Empty while it cannot be read: English is
 * searched for as it stands, and the next question tries again.
 */
export const readGlossary = (): Promise<string> => {
  table ??= readFile(FILE, 'utf8').catch(() => {
    table = null
    return ''
  })
  return table
}
