import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/core/types.ts'
import { HOSTILE } from './corpus.ts'
import type { Site } from './site.ts'

/** How many elements there are that no view of the page has: an injected one would be among them. */
const FOREIGN = `document.querySelectorAll('body :is(img, svg, iframe, object, embed, video, audio, math, style, link, meta, base, template), body script:not([src*="assets/"]), [onerror], [onload], [onclick], a[href^="javascript:"]').length`

const foreign = (page: Page): Promise<number> => page.evaluate<number>(FOREIGN)

/** Of the last answer: question, quotation, title, byline and file; and how many foreign elements there are. */
const SHOWN = `[
  ...['.question bdi', 'blockquote p', 'a.cite bdi', '.origin bdi', '.origin bdi:last-child'].map(
    (part) => document.querySelector('.turn:last-child ' + part)?.textContent),
  ${FOREIGN},
]`

/** Questions of one conversation. */
const CONVERSATION = 20

/** Short enough to be asked. */
const isShort = (text: string): boolean => [...text].length <= 460

/** An answer, or a refusal, whose every text is the given one. */
const hostileAnswer = (text: string, answered: boolean): Answer => {
  const citation = {
    articleId: text,
    title: text,
    date: null,
    byline: text,
    source: null,
    file: text,
    fileId: text,
    fileSha256: text,
    ranges: [[0, text.length]] as const,
    paragraph: 1,
    url: `/articles/${encodeURIComponent(text)}#p1`,
  }
  const extracts = [{ n: 1, text, score: 0.9, citation }]
  return {
    id: text,
    question: text,
    answered,
    reason: answered ? null : 'nothing_found',
    confidence: 0.9,
    answer: answered ? { text, extract: 1, start: 0, end: text.length } : null,
    extracts: answered ? extracts : [],
    nearest: answered ? [] : extracts,
    missing: [text],
    understoodAs: text,
    timings: { total: 1, embed: 0, search: 0, read: 0 },
    index: { generation: text, articles: 1, passages: 1, model: text },
  }
}

/** What no screen shows: white space is folded by layout. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Text of articles, files, questions and addresses is text, whatever it looks like. */
export const hostile = (site: () => Site): void => {
  test('titles, names and files stand in the list as they are written', async () => {
    const page = await site().open('/?articles=')
    await page.waitForSelector('.rows li')
    // Rows are drawn when they come near.
    for (const group of await page.locator('.rows ol').all()) {
      await group.scrollIntoViewIfNeeded()
      await group.locator('li').first().waitFor()
    }
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
    for (const text of HOSTILE.filter(isShort).slice(0, 12)) {
      await site().ask(page, text)
      expect((await page.evaluate<unknown[]>(SHOWN))[0]).toBe(text)
    }
    expect(await foreign(page)).toBe(0)
    expect(await page.title()).toContain(HOSTILE[11])
    await page.context().close()
  })

  test('an answer that is hostile in every part of it is shown as it is written', async () => {
    const page = await site().open()
    let i = 0
    await page.route('**/ask', (route) => {
      const { question } = route.request().postDataJSON() as { readonly question: string }
      const answer = hostileAnswer(question, i++ % 2 === 0)
      return route.fulfill({
        contentType: 'text/event-stream',
        body: `event: answer\ndata: ${JSON.stringify(answer)}\n\n`,
      })
    })
    expect(HOSTILE.length).toBeGreaterThanOrEqual(150)
    for (const [n, text] of HOSTILE.filter(isShort).entries()) {
      if (n % CONVERSATION === 0) await page.goto(site().url)
      await site().ask(page, text)
      expect(await page.evaluate<unknown[]>(SHOWN)).toEqual([text, text, `《${text}》`, text, text, 0])
    }
    await page.context().close()
  }, 300_000)

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
    const madeUp = (text: string): readonly string[] => {
      const part = encodeURIComponent(text)
      return [
        `/?q=${part}&cite=1&sort=${part}&top=${part}`,
        `/?articles=&find=${part}&from=${part}&source=${part}`,
        `/?history=&find=${part}`,
        `/articles/${part}?as=${part}#${part}`,
      ]
    }
    for (const address of HOSTILE.slice(0, 5).flatMap(madeUp)) {
      await page.goto(site().url + address)
      await page.waitForSelector('header.top')
      expect(await foreign(page), address).toBe(0)
    }
    await page.route('**/ask', (route) => route.abort())
    // Three parts of an address at once, without loading the page for each.
    const rest = Array.from({ length: Math.ceil(HOSTILE.length / 3) }, (_, i) =>
      HOSTILE.slice(3 * i, 3 * i + 3).join(''),
    )
    expect(
      await page.evaluate<string[]>(`(async () => {
        const wrong = []
        for (const address of ${JSON.stringify(rest.flatMap(madeUp))}) {
          history.pushState(null, '', address)
          dispatchEvent(new PopStateEvent('popstate'))
          await new Promise(requestAnimationFrame)
          if (${FOREIGN} > 0) wrong.push(address)
        }
        return wrong
      })()`),
    ).toEqual([])
    await page.context().close()
  }, 300_000)
}
