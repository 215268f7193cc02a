import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { HOSTILE } from './corpus.ts'
import type { Site } from './site.ts'

/** Elements that no view of the page has: an injected one would be among them. */
const foreign = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `document.querySelectorAll('body :is(img, svg, iframe, object, embed, video, audio, math, style, link, meta, base, template), body script:not([src*="assets/"]), [onerror], [onload], [onclick], a[href^="javascript:"]').length`,
  )

/** What no screen shows: white space is folded by layout. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Text of articles, files, questions and addresses is text, whatever it looks like. */
export const hostile = (site: () => Site): void => {
  test('titles, names and files stand in the list as they are written', async () => {
    const page = await site().open('/?articles=')
    await page.waitForSelector('.rows li')
    const texts = (await page.locator('.rows').evaluate((list) => list.textContent)) ?? ''
    for (const text of HOSTILE) expect(folded(texts)).toContain(folded(text))
    expect(texts).toContain('"><img src=x onerror=alert(1)>.txt')
    expect(texts).toContain("'; alert(1) --.md")
    expect(await foreign(page)).toBe(0)
    await page.context().close()
  })

  test('so do the text of an article, its byline and its file', async () => {
    const page = await site().open()
    const { articles } = (await (await fetch(`${site().url}/articles?limit=1000`)).json()) as {
      articles: readonly { readonly id: string; readonly title: string | null; readonly file: string }[]
    }
    for (const text of HOSTILE.slice(0, 8)) {
      const found = articles.find(({ file, title }) => file.startsWith('hostile') && title === text)
      expect(found, text).toBeDefined()
      await page.goto(`${site().url}/articles/${found?.id}?as=file`)
      await page.waitForSelector('.file')
      expect(await page.locator('.file').evaluate((file) => file.textContent)).toContain(text)
      await page.getByRole('button', { name: '文章', exact: true }).click()
      const shown = (await page.locator('.reading').evaluate((article) => article.textContent)) ?? ''
      expect(shown.split(text).length).toBeGreaterThanOrEqual(3)
      expect(await foreign(page)).toBe(0)
    }
    await page.context().close()
  })

  test('a question is shown as it was typed, and so is what it finds', async () => {
    const page = await site().open()
    for (const text of HOSTILE.filter((each) => [...each].length <= 460).slice(0, 12)) {
      await site().ask(page, text)
      expect(
        await page.locator('.turn:last-child .question bdi').evaluate((element) => element.textContent),
      ).toBe(text)
    }
    expect(await foreign(page)).toBe(0)
    expect(await page.title()).toContain(HOSTILE[11])
    await page.context().close()
  })

  test('an extract full of markup is quoted, opened and highlighted as text', async () => {
    const page = await site().open()
    await site().ask(page, '鹿鸣县第0号样本的内容是什么？')
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane [data-quote]')
    await page.getByRole('button', { name: '复核引文' }).click()
    await page.waitForSelector('.held')
    expect(await foreign(page)).toBe(0)
    await page.context().close()
  })

  test('an address that was made up is text too', async () => {
    const page = await site().open()
    for (const text of HOSTILE.slice(0, 5)) {
      const part = encodeURIComponent(text)
      for (const address of [
        `/?q=${part}`,
        `/?articles=&find=${part}&from=${part}`,
        `/articles/${part}#${part}`,
      ]) {
        await page.goto(site().url + address)
        await page.waitForSelector('header.top')
        expect(await foreign(page), address).toBe(0)
      }
    }
    await page.context().close()
  })
}
