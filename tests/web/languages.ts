import { expect, test } from 'vitest'
import { ANSWERED } from './corpus.ts'
import type { Site } from './site.ts'

/** The language of the page and the script of its questions. */
export const languages = (site: () => Site): void => {
  test('traditional characters are for the page and the questions, never for what is quoted', async () => {
    const page = await site().open()
    const scripts: string[] = []
    page.on('request', (request) => scripts.push(request.url()))
    await site().ask(page, ANSWERED)
    const quoted = await page.locator('blockquote').allInnerTexts()
    expect(scripts.filter((url) => url.includes('traditional'))).toEqual([])
    await page.getByRole('button', { name: '显示' }).click()
    await page.getByRole('button', { name: '繁體' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: '記錄' }).waitFor()
    await expect.poll(() => page.locator('.question').innerText()).toContain('鹿鳴縣圖書館新館的藏書有多少冊')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hant')
    expect(await page.locator('blockquote').allInnerTexts()).toEqual(quoted)
    expect(new URL(page.url()).searchParams.get('q')).toBe(ANSWERED)
    await page.reload()
    await page.getByRole('link', { name: '記錄' }).waitFor()
    await page.context().close()
  })

  test('a question typed in traditional characters is shown in those of the page, asked as it was typed, and said to be searched in others', async () => {
    const typed = '鹿鳴縣圖書館新館的藏書有多少冊？'
    const page = await site().open()
    const [request] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, typed)])
    expect(request.postDataJSON()).toEqual({ question: typed })
    await expect.poll(() => page.locator('.question bdi').innerText()).toBe(ANSWERED)
    await expect.poll(() => page.title()).toContain(ANSWERED)
    expect(new URL(page.url()).searchParams.get('q')).toBe(typed)
    const searched = page.locator('.turn .note', { hasText: /按[简簡]/ })
    await expect.poll(() => searched.innerText()).toBe('按简体字查找')
    await page.getByRole('button', { name: '显示' }).click()
    await page.getByRole('button', { name: '繁體' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.question bdi').innerText()).toBe(typed)
    await expect.poll(() => searched.innerText()).toBe(`按簡體字查詢：${ANSWERED}`)
    await page.getByRole('link', { name: '記錄' }).click()
    expect(await page.locator('.past a bdi').innerText()).toBe(typed)
    await page.context().close()
  })

  test('a browser that asks for English, or for traditional Chinese, gets it', async () => {
    const english = await site().open('/', { locale: 'en-GB' })
    await english.getByRole('link', { name: 'Articles' }).waitFor()
    expect(await english.locator('html').getAttribute('lang')).toBe('en')
    const taiwan = await site().open('/', { locale: 'zh-TW' })
    await taiwan.getByRole('link', { name: '記錄' }).waitFor()
    await Promise.all([english.context().close(), taiwan.context().close()])
  })
}
