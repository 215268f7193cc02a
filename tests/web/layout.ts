import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DIFFERING } from './corpus.ts'
import type { Site } from './site.ts'

const SEED = '大连公交专用道设置比例达到多少？'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const boxOf = async (page: Page, selector: string): Promise<Box> => {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not on the screen`)
  return box
}

/** Signs of the article that begin a line, and how many there are at all. */
const LINE_STARTS = `(() => {
  const range = document.createRange()
  const boxOf = (node, at) => {
    range.setStart(node, at)
    range.setEnd(node, at + 1)
    return range.getBoundingClientRect()
  }
  const walker = document.createTreeWalker(document.querySelector('.reading'), NodeFilter.SHOW_TEXT)
  let signs = 0
  let wrong = ''
  while (walker.nextNode()) {
    const { data } = walker.currentNode
    for (let at = 1; at < data.length; at++) {
      if (!'。，、；：？！》」』）”'.includes(data[at])) continue
      signs++
      if (boxOf(walker.currentNode, at).top >= boxOf(walker.currentNode, at - 1).bottom) wrong += data[at]
    }
  }
  return { signs, wrong }
})()`

/** Where things stand, in boxes and not in pixels. */
export const layout = (site: () => Site): void => {
  for (const width of [320, 768, 1280, 1920]) {
    test(`${width} pixels wide: one column of a readable measure, the source over it or beside it`, async () => {
      const page = await site().open('/', { viewport: { width, height: 900 } })
      await site().ask(page, DIFFERING)
      const [question, figure, quote, form] = await Promise.all(
        ['.question', '.figure', 'blockquote', 'form.ask'].map((part) => boxOf(page, part)),
      )
      if (!question || !figure || !quote || !form) throw new Error('a part is missing')
      expect(question.y + question.height).toBeLessThanOrEqual(figure.y)
      expect(figure.y + figure.height).toBeLessThanOrEqual(quote.y)
      expect(figure.height).toBeGreaterThan(question.height)
      expect(form.y + form.height).toBeCloseTo(900, 0)
      // 36 characters of 17 pixels, and at least what a phone leaves of 18.
      expect(question.width).toBeLessThanOrEqual(39 * 17)
      expect(question.width).toBeGreaterThanOrEqual(Math.min(39 * 17, width - 2 * 17))
      expect(question.x + question.width / 2).toBeCloseTo(width / 2, -1)

      await page.locator('a.cite').first().click()
      await page.waitForSelector('.pane [data-quote]')
      const pane = await boxOf(page, '.pane')
      const column = await boxOf(page, '.column')
      expect([pane.y, pane.height]).toEqual([0, 900])
      expect(pane.x).toBe(width < 900 ? 0 : column.x + column.width)
      expect(pane.x + pane.width).toBe(width)
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width)
      await page.context().close()
    })
  }

  test('no line of an article begins with a sign that ends a sentence or a quotation', async () => {
    const page = await site().open()
    await site().ask(page, SEED)
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane .reading')
    for (const width of [320, 390, 768, 1000, 1280]) {
      await page.setViewportSize({ width, height: 3000 })
      const found = await page.evaluate<{ signs: number; wrong: string }>(LINE_STARTS)
      expect(found.signs).toBeGreaterThan(20)
      expect(found.wrong, `${width} pixels`).toBe('')
    }
    await page.context().close()
  })

  test('on paper there are the question, the answer and the quotations with their addresses, and no controls', async () => {
    const page = await site().open('/', { colorScheme: 'dark' })
    await site().ask(page, DIFFERING)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    for (const part of ['.question', '.figure', 'blockquote', '.origin', '.differing'])
      expect(await page.locator(part).first().isVisible(), part).toBe(true)
    expect(await page.locator('button:not(.differing *, .agreeing *), textarea, select').all()).not.toEqual(
      [],
    )
    for (const control of await page.locator('button:not(.differing *, .agreeing *), textarea, select').all())
      expect(await control.isVisible(), await control.innerText()).toBe(false)
    const printed = await page
      .locator('a.cite')
      .first()
      .evaluate((link) => link.ownerDocument.defaultView?.getComputedStyle(link, '::after').content)
    expect(printed).toContain(`${site().url}/articles/`)
    expect(
      await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor'),
    ).not.toMatch(/rgb\(\d\d?, /)
    await page.context().close()
  })

  test('with colours of the reader’s own the quotation still stands out, and motion is left out when asked', async () => {
    const page = await site().open('/', { forcedColors: 'active', reducedMotion: 'reduce' })
    await page.route('**/ask', (route) => setTimeout(() => void route.continue(), 1000))
    await page.fill('#question', DIFFERING)
    await page.press('#question', 'Enter')
    await page.waitForSelector('.skeleton')
    expect(
      await page.evaluate<string>("getComputedStyle(document.querySelector('.skeleton')).animationName"),
    ).toBe('none')
    await page.waitForSelector('.extracts')
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane [data-quote]')
    const [paper, ...washes] = await page.evaluate<string[]>(
      `[getComputedStyle(document.querySelector('.pane')).backgroundColor, ...['quote', 'answer'].map((kind) =>
        getComputedStyle(document.querySelector('.pane [data-quote]'), '::highlight(' + kind + ')').backgroundColor)]`,
    )
    for (const wash of washes) expect(wash).not.toBe(paper)
    await page.context().close()
  })
}
