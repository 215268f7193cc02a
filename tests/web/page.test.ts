import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arranging } from './arranging.ts'
import { asking } from './asking.ts'
import { CORPUS } from './corpus.ts'
import { hostile } from './hostile.ts'
import { keeping } from './keeping.ts'
import { languages } from './languages.ts'
import { layout } from './layout.ts'
import { proxied } from './proxied.ts'
import { reach } from './reach.ts'
import { renewing } from './renewing.ts'
import { obstacle, openSite, type Site } from './site.ts'
import { source } from './source.ts'
import { states } from './states.ts'
import { suggesting } from './suggesting.ts'

/** Milliseconds the index of the test's corpus may take on a machine that is busy with other tests. */
const BUILD_MS = 400_000

const why = obstacle()
if (why !== null) console.warn(`Tests of the page are skipped: ${why}.`)

describe.skipIf(why !== null)('the page, in a browser, on the real server', () => {
  let site: Site | null = null
  let opening: Promise<Site> | null = null
  const use = (): Site => {
    if (site === null) throw new Error('the server did not start')
    return site
  }
  beforeAll(async () => {
    opening = openSite(CORPUS)
    site = await opening
  }, BUILD_MS)
  // Also when the hook above ran out of time: no server is left behind.
  afterAll(async () => (await opening)?.close(), BUILD_MS)

  describe('asking', () => asking(use))
  describe('what sounds like it', () => suggesting(use))
  describe('order and number of extracts', () => arranging(use))
  describe('the source of an extract', () => source(use))
  describe('what is kept', () => keeping(use))
  describe('languages', () => languages(use))
  describe('states', () => states(use))
  describe('within reach of everyone', () => reach(use))
  describe('layout', () => layout(use))
  describe('behind a proxy', () => proxied(use))
  describe('hostile text', () => hostile(use))
  // Last, as the corpus is another one afterwards.
  describe('building the index again', () => renewing(use))

  test('no page asked another host, opened a dialog, broke the policy or failed', () => {
    expect([...use().seen.strangers]).toEqual([])
    expect(use().seen.faults).toEqual([])
  })

  test('a server that stops is said to be out of reach, and the question can be asked again', async () => {
    const page = await use().open()
    await use().stop()
    await use().ask(page, '还在吗')
    expect(await page.locator('.turn [role=alert]').innerText()).toContain('连不上')
    expect(await page.getByRole('button', { name: '重试' }).isEnabled()).toBe(true)
    await page.context().close()
  })
})
