import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Site } from './site.ts'

/** Milliseconds for an indexer on a machine that is busy with other tests. */
const BUILD = 300_000

const BUTTON = '重新建立索引'

const openIndex = async (site: Site): Promise<Page> => {
  const page = await site.open('/?articles=')
  await page.getByRole('region', { name: '索引' }).waitFor()
  return page
}

const said = async (page: Page): Promise<string> =>
  (await page.getByRole('region', { name: '索引' }).innerText()).replace(/\s+/g, ' ')

const status = (page: Page) => page.getByRole('region', { name: '索引' }).getByRole('status')

const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.innerText')

/** Articles that the list says there are. */
const count = async (page: Page): Promise<number> =>
  Number(/共 (\d+) 篇/.exec(await page.getByText(/^共 \d+ 篇$/).innerText())?.[1])

let written = 0

/** What the index is, and a way to build it again. */
export const renewing = (site: () => Site): void => {
  test('the list of articles says when the index was built, what is in it, and which files were not read and why', async () => {
    const page = await openIndex(site())
    expect(await said(page)).toMatch(/索引建于 .*\d+ 个文件 \d+ 篇文章 切成 \d+ 段 文件在那以后没有变化。/)
    await page.locator('.index summary').press('Enter')
    const listed = (await page.locator('.index li').allInnerTexts()).map((each) => each.replace(/\s+/g, ' '))
    expect(listed).toContain('empty <b>.txt 里面没有文字，没有收入')
    expect(listed).toContain('*.pdf 1 个文件没有收入：只读 .txt、.md、.html、.htm 和 .jsonl')
    expect(await said(page)).toContain(`读文件时有 ${listed.length} 处问题`)
    await page.context().close()
  })

  test('with the keyboard alone a new file is taken in: progress, the outcome in words, and fresh lists', {
    timeout: BUILD,
  }, async () => {
    const page = await openIndex(site())
    await page.getByText(/^共 \d+ 篇$/).waitFor()
    const before = await count(page)
    const title = `云溪区第${++written}座天文台`
    writeFileSync(
      join(site().folder, 'corpus', `${title}.md`),
      `# ${title}\n\n${title}的望远镜口径为${200 + written}厘米。\n`,
    )
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await page.getByText('文件在那以后有变化').waitFor()
    for (let i = 0; i < 40 && (await focused(page)) !== BUTTON; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('progressbar', { name: /^\d+%，\S+：\d+ \/ \d+$/ }).waitFor()
    expect(await said(page)).toMatch(/\d+%，\S+：\d+ \/ \d+/)
    expect(await status(page).innerText()).toContain('正在重新建立索引')
    expect(await page.getByRole('button', { name: BUTTON }).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Enter') // nothing more than the one build comes of it
    await status(page)
      .getByText(/索引已重新建好，共 \d+ 篇文章。/)
      .waitFor({ timeout: BUILD })
    expect(await focused(page)).toBe(BUTTON)
    expect(await page.locator('.index progress').count()).toBe(0)
    await expect.poll(() => count(page)).toBeGreaterThan(before)
    const now = await count(page)
    await page.getByLabel('在题目、作者').fill(title)
    await page.locator('.rows li').getByText(title, { exact: true }).waitFor()
    await page.getByRole('link', { name: '提问', exact: true }).click()
    await page.locator('.welcome .summary').getByText(`${now} 篇文章`).waitFor()
    await site().ask(page, `${title}的望远镜口径是多少？`)
    expect(await page.locator('.turn').innerText()).toContain(`${200 + written}厘米`)
    await page.context().close()
  })

  test('nothing to do, a build that failed and a server that refuses are said in words', async () => {
    const page = await openIndex(site())
    const button = page.getByRole('button', { name: BUTTON })
    await button.click()
    await status(page).getByText('文件没有变化，不用重新建立。').waitFor()
    const body = await (await fetch(`${site().url}/index`)).json()
    const failed = { ...(body as object), changed: true, error: '磁盘空间不足，索引没有建成。' }
    await page.route('**/index', (route) => route.fulfill({ status: 202, json: failed }))
    await button.click()
    await status(page).getByText('没有建成：磁盘空间不足').waitFor()
    await page.unroute('**/index')
    await page.route('**/index', (route) =>
      route.request().method() === 'GET'
        ? route.continue()
        : route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: JSON.stringify({ type: '/docs#starting', detail: '正在启动，请稍候几秒。' }),
          }),
    )
    await button.click()
    await page.getByRole('alert').getByText('正在启动，请稍候几秒。').waitFor()
    await page.context().close()
  })
}
