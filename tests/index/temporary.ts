import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder that goes when the tests of the file have ended. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-index-'))
  made.push(folder)
  return folder
}
