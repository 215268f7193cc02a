import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ANSWERED, DIFFERING } from './corpus.ts'
import type { Site } from './site.ts'

const numbers = (page: Page): Promise<readonly string[]> => page.locator('.extracts .number').allInnerTexts()
const dates = (page: Page): Promise<readonly string[]> => page.locator('.extracts time').allInnerTexts()

/** The order of the extracts and how many there are. */
export const arranging = (site: () => Site): void => {
  test('extracts stand by confidence or by date; numbers, words and the address say which', async () => {
    const page = await site().open()
    await site().ask(page, DIFFERING)
    const byRank = await dates(page)
    expect(byRank).not.toEqual([...byRank].sort().reverse())
    expect(await numbers(page)).toEqual(byRank.map((_, i) => String(i + 1)))
    const quoted = await page.locator('blockquote').allInnerTexts()
    await page.getByRole('button', { name: '按日期' }).click()
    await expect.poll(() => dates(page)).toEqual([...byRank].sort().reverse())
    expect(await numbers(page)).toEqual([...byRank].sort().reverse().map(rankIn(byRank)))
    expect((await page.locator('blockquote').allInnerTexts()).sort()).toEqual([...quoted].sort())
    expect(new URL(page.url()).searchParams.get('sort')).toBe('time')
    await page.reload()
    await expect.poll(() => dates(page)).toEqual([...byRank].sort().reverse())
    await page.getByRole('button', { name: '按把握' }).click()
    await expect.poll(() => dates(page)).toEqual(byRank)
    await page.context().close()
  })

  test('the next source is that of the extract that stands next', async () => {
    const page = await site().open()
    await site().ask(page, DIFFERING)
    await page.getByRole('button', { name: '按日期' }).click()
    await page.locator('a.cite').first().click()
    const opened: string[] = []
    for (const day of ['2022-08-09', '2020-05-06', '2020-04-05']) {
      await page.locator('.pane .about', { hasText: day }).waitFor()
      opened.push(new URL(page.url()).searchParams.get('cite') ?? '')
      const next = page.getByRole('button', { name: '下一条' })
      if (await next.isEnabled()) await next.click()
    }
    expect(opened).toEqual(await numbers(page))
    await page.context().close()
  })

  test('another number of extracts asks again; what was answered stays until the new answer comes', async () => {
    const page = await site().open()
    await site().ask(page, DIFFERING)
    expect(await numbers(page)).toHaveLength(3)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/ask', (route) => held.then(() => route.continue()))
    const select = page.getByLabel('最多')
    await select.focus()
    const [request] = await Promise.all([page.waitForRequest('**/ask'), select.selectOption('1')])
    expect(request.postDataJSON()).toEqual({ question: DIFFERING, top: 1 })
    await page.locator('.turn[aria-busy="true"]').getByText('正在查找').waitFor()
    expect(await numbers(page)).toHaveLength(3)
    release()
    await expect.poll(() => numbers(page)).toEqual(['1'])
    expect(await select.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    expect(new URL(page.url()).searchParams.get('top')).toBe('1')
    const [next] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, ANSWERED)])
    expect(next.postDataJSON()).toMatchObject({ question: ANSWERED, top: 1 })
    await page.context().close()
  })

  test('a link asks for as many extracts as it says', async () => {
    const page = await site().open(`/?q=${encodeURIComponent(DIFFERING)}&top=2&sort=time`)
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(await numbers(page)).toHaveLength(2)
    expect(await page.getByLabel('最多').inputValue()).toBe('2')
    expect(await dates(page)).toEqual([...(await dates(page))].sort().reverse())
    await page.context().close()
  })
}

const rankIn =
  (ranked: readonly string[]) =>
  (day: string): string =>
    String(ranked.indexOf(day) + 1)
