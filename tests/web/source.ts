import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Answer, Extract } from '../../src/core/types.ts'
import { ANSWERED } from './corpus.ts'
import type { Site } from './site.ts'

/** What the page has highlighted of one kind, in the order of the document. */
const highlighted = (page: Page, kind: string): Promise<string> =>
  page.evaluate<string>(
    `[...(CSS.highlights.get('${kind}') ?? [])]
      .sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b))
      .map(String).join('')`,
  )

const QUOTE_ON_SCREEN = `(() => {
  const first = [...CSS.highlights.get('quote')].sort((a, b) => a.compareBoundaryPoints(0, b))[0]
  const { top, bottom } = first.getBoundingClientRect()
  const pane = (document.querySelector('.pane') ?? document.documentElement).getBoundingClientRect()
  return top > 0 && bottom < innerHeight && pane.width > 0
})()`

const squeeze = (text: string): string => text.replace(/\s/g, '')

/** From an extract to its place in the article and in the file, and back. */
export const source = (site: () => Site): void => {
  const SEED = '大连公交专用道设置比例达到多少？'

  const openFirst = async (question: string): Promise<{ page: Page; extract: Extract; answer: Answer }> => {
    const page = await site().open()
    await site().ask(page, question)
    const response = await fetch(`${site().url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
    })
    const answer = (await response.json()) as Answer
    const extract = answer.extracts[0]
    if (extract === undefined) throw new Error(`no extract for ${question}`)
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane [data-quote]')
    return { page, extract, answer }
  }

  test('the highlighted passage of the article equals the ranges of the file, and so does that of the file', async () => {
    for (const question of [ANSWERED, SEED]) {
      const { page, extract, answer } = await openFirst(question)
      const file = await site().file(extract.citation.fileId)
      const slices = extract.citation.ranges.map(([start, end]) => file.slice(start, end)).join('')
      expect(squeeze(await highlighted(page, 'quote'))).toBe(squeeze(slices))
      expect(squeeze(slices)).toBe(squeeze(extract.text))
      expect(squeeze(await highlighted(page, 'answer'))).toBe(squeeze(answer.answer?.text ?? ''))
      await expect.poll(() => page.evaluate(QUOTE_ON_SCREEN)).toBe(true)

      await page.getByRole('button', { name: '原文件' }).click()
      await page.waitForSelector('.pane .file [data-quote]')
      expect(await highlighted(page, 'quote')).toBe(slices)
      expect(await page.locator('.pane .file').evaluate((element) => element.textContent)).toBe(file)
      await expect.poll(() => page.evaluate(QUOTE_ON_SCREEN)).toBe(true)
      await page.context().close()
    }
  })

  test('a browser without the highlight interface gets marks at the same places', async () => {
    const { page: other } = await openFirst(SEED)
    const expected = squeeze(await highlighted(other, 'quote'))
    const page = await site().open('/')
    await page.context().addInitScript('delete globalThis.Highlight')
    await page.goto(other.url())
    await page.waitForSelector('.pane mark')
    const marks = await page.locator('.pane mark.quote, .pane mark.answer').allInnerTexts()
    expect(squeeze(marks.join(''))).toBe(expected)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('reload and the address alone bring back the open source and how it was shown', async () => {
    const { page } = await openFirst(SEED)
    await page.getByRole('button', { name: '原文件' }).click()
    await page.waitForSelector('.pane .file [data-quote]')
    const before = await highlighted(page, 'quote')
    await page.reload()
    await page.waitForSelector('.pane .file [data-quote]')
    expect(await highlighted(page, 'quote')).toBe(before)
    const other = await site().open(new URL(page.url()).search)
    await other.waitForSelector('.pane .file [data-quote]')
    expect(await highlighted(other, 'quote')).toBe(before)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('back closes the source and forward opens it; closing leaves nothing highlighted', async () => {
    const { page } = await openFirst(SEED)
    await page.goBack()
    await page.waitForSelector('.pane', { state: 'detached' })
    expect(await highlighted(page, 'quote')).toBe('')
    await page.goForward()
    await page.waitForSelector('.pane [data-quote]')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.waitForSelector('.pane', { state: 'detached' })
    expect(await page.locator('.turn').count()).toBe(1)
    await page.context().close()
  })

  test('checking computes the law and the hash here, and sees a file that says something else', async () => {
    const { page, extract } = await openFirst(ANSWERED)
    await page.getByRole('button', { name: '复核引文' }).click()
    const outcome = page.locator('.check [role=status]')
    await outcome.getByText('引文与文件逐字一致').waitFor()
    expect(await outcome.innerText()).toContain('SHA-256 与回答里的一致')
    expect(await outcome.innerText()).toContain(extract.citation.fileSha256)
    const file = await site().file(extract.citation.fileId)
    await page.route('**/files/*/original', (route) =>
      route.fulfill({ contentType: 'text/plain; charset=utf-8', body: file.replace(/\d/g, '0') }),
    )
    await page.getByRole('button', { name: '复核引文' }).click()
    await outcome.getByText('引文与文件不一致').waitFor()
    expect(await outcome.innerText()).toContain('SHA-256 与回答里的不一致')
    await page.context().close()
  })

  test('the link of a citation opens the article at its paragraph, without a question', async () => {
    const { page, extract } = await openFirst(SEED)
    const other = await site().open(extract.citation.url)
    await other.waitForSelector('.alone [data-quote]')
    const paragraph = other.locator(`#p${extract.citation.paragraph}`)
    expect(squeeze(await paragraph.innerText())).toBe(squeeze(await highlighted(other, 'quote')))
    expect(squeeze(await paragraph.innerText())).toContain(squeeze(extract.text))
    await expect.poll(() => other.evaluate(QUOTE_ON_SCREEN)).toBe(true)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('a quotation is copied with its citation, as text and as HTML', async () => {
    const { page, extract } = await openFirst(ANSWERED)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('.pane').getByRole('button', { name: '复制引文' }).click()
    await page.locator('.pane').getByText('已复制').waitFor()
    const [plain, html] = await page.evaluate<string[]>(`navigator.clipboard.read().then(async ([item]) =>
      Promise.all(['text/plain', 'text/html'].map(async (type) => (await item.getType(type)).text())))`)
    expect(plain?.split('\n')[0]).toBe(extract.text)
    expect(plain).toContain('《鹿鸣县图书馆重新开放》')
    expect(plain).toContain(site().url + extract.citation.url)
    expect(html).toContain('<blockquote')
    const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
    await page.getByRole('button', { name: '复制原句' }).click()
    await expect.poll(clipboard).toBe(extract.text)
    await page.keyboard.press('Control+Shift+C')
    await expect.poll(clipboard).toBe(plain)
    await page.context().close()
  })

  test('articles are found in the list by words and dates that stand in the address', async () => {
    const page = await site().open('/?articles=')
    await page.waitForSelector('.rows li')
    await page.getByLabel('在题目、作者').fill('图书馆 LIBRARY')
    await expect.poll(() => page.locator('.rows li > a').allTextContents()).toEqual(['鹿鸣县图书馆重新开放'])
    await page.reload()
    await page.waitForSelector('.rows li')
    await expect.poll(() => page.locator('.rows li').count()).toBe(1)
    await page.locator('.rows li > a').click()
    await page.waitForSelector('.alone .reading')
    expect(new URL(page.url()).pathname).toMatch(/^\/articles\//)
    await page.goBack()
    await page.locator('.rows .file-name').click()
    await page.waitForSelector('.alone .file')
    expect(new URL(page.url()).searchParams.get('as')).toBe('file')
    await page.goto(`${site().url}/?articles=&source=公园`)
    await expect
      .poll(() => page.locator('.rows li > a').allTextContents())
      .toEqual(['云溪区公园一览', '云溪区又添公园', '云溪区的绿地'])
    await page.getByLabel('不早于').fill('2020-05-01')
    await expect.poll(() => page.locator('.rows li').count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('source')).toBe('公园')
    await page.context().close()
  })

  test('a word that stands in the texts alone is not found in the list, which says so and asks them instead', async () => {
    const page = await site().open('/?articles=')
    await page.waitForSelector('.rows li')
    expect(await page.getByText('不找正文').count()).toBe(0)
    await page.getByLabel('在题目、作者').fill('老粮仓')
    await page.getByText('没有符合的文章').waitFor()
    await page.getByText('不找正文').waitFor()
    const link = page.getByRole('link', { name: '到正文里问“老粮仓”' })
    expect(await link.getAttribute('href')).toBe(`${site().url}/?q=${encodeURIComponent('老粮仓')}`)
    const [request] = await Promise.all([page.waitForRequest('**/ask'), link.click()])
    expect(request.postDataJSON()).toEqual({ question: '老粮仓' })
    await page.locator('blockquote', { hasText: '老粮仓' }).first().waitFor()
    await page.context().close()
  })

  test('rows of a long list are drawn as they come near, and all of them can be reached', async () => {
    const page = await site().open('/?articles=')
    const total = Number(/\d+/.exec(await page.getByText(/共 \d+ 篇/).innerText())?.[0])
    expect(total).toBeGreaterThan(150)
    expect(await page.locator('.rows li').count()).toBeLessThan(total)
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4000)
        return page.locator('.rows li').count()
      })
      .toBe(total)
    await page.context().close()
  })
}
