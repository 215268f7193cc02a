import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Site } from './site.ts'

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }

/** Milliseconds between keys of somebody who thinks: longer than the page waits before it asks. */
const SLOWLY = { delay: 150 }

/** Questions that go out. */
const asked = (page: Page): readonly string[] => {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push((request.postDataJSON() as { question: string }).question)
  })
  return sent
}

/** Addresses under which the page asked what to propose. */
const lookedUp = (page: Page): readonly string[] => {
  const urls: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/suggest?')) urls.push(request.url())
  })
  return urls
}

const option = (page: Page, text: string) => page.getByRole('option', { name: text, exact: true })

/** Words and titles that sound like what is typed. */
export const suggesting = (site: () => Site): void => {
  test('the arrow keys choose what the letters sound like, Enter puts it in their place and sends nothing', async () => {
    const page = await site().open()
    const sent = asked(page)
    await page.fill('#question', '有多少5G基站')
    await page.press('#question', 'Home')
    await page.keyboard.type('2020年DaLian')
    await option(page, '大连').waitFor()
    expect(await page.locator('[aria-selected=true]').count()).toBe(0)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.locator('[role=option][aria-selected=true]', { hasText: /^大连$/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.inputValue('#question')).toBe('2020年大连有多少5G基站')
    await page.locator('.suggestions').waitFor({ state: 'detached' })
    expect(sent).toEqual([])
    await page.keyboard.type('市')
    expect(await page.inputValue('#question')).toBe('2020年大连市有多少5G基站')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(sent).toEqual(['2020年大连市有多少5G基站'])
    await page.context().close()
  })

  test('with nothing chosen Enter sends what was typed, and the list is gone', async () => {
    const page = await site().open()
    const sent = asked(page)
    await page.focus('#question')
    await page.keyboard.type('dalian')
    await option(page, '大连').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(sent).toEqual(['dalian'])
    expect(await page.locator('.suggestions').count()).toBe(0)
    await page.context().close()
  })

  test('Escape closes the list alone, and the letters stay', async () => {
    const page = await site().open()
    await page.focus('#question')
    await page.keyboard.type('da lian w')
    await option(page, '大连湾').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await page.locator('.suggestions').waitFor({ state: 'detached' })
    expect(await page.inputValue('#question')).toBe('da lian w')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('question')
    await page.context().close()
  })

  test('an English question is typed and sent without ever a list', async () => {
    const page = await site().open()
    const [sent, urls] = [asked(page), lookedUp(page)]
    await page.focus('#question')
    await page.keyboard.type('How many 5G base stations', SLOWLY)
    await expect.poll(() => urls.at(-1)).toContain('stations')
    for (const url of urls)
      expect(await (await fetch(url)).json(), url).toEqual({ typed: '', suggestions: [] })
    expect(await page.locator('.suggestions').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(sent).toEqual(['How many 5G base stations'])
    await page.context().close()
  })

  test('whoever has an input method is left in peace, while it composes and afterwards', async () => {
    const page = await site().open()
    const urls = lookedUp(page)
    await page.focus('#question')
    const input = await page.context().newCDPSession(page)
    for (const text of ['da', 'dali', 'dalian'])
      await input.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
    await page.waitForTimeout(400)
    await input.send('Input.insertText', { text: '大连' })
    await page.keyboard.type('dalian', SLOWLY)
    await page.waitForTimeout(400)
    expect(await page.inputValue('#question')).toBe('大连dalian')
    expect(urls).toEqual([])
    expect(await page.locator('.suggestions').count()).toBe(0)
    await page.context().close()
  })

  test('on a phone a touch picks, and the field keeps the focus', async () => {
    const page = await site().open('/', PHONE)
    const sent = asked(page)
    await page.locator('#question').tap()
    await page.keyboard.type('dalian')
    await option(page, '大连市').tap()
    await expect.poll(() => page.inputValue('#question')).toBe('大连市')
    await page.locator('.suggestions').waitFor({ state: 'detached' })
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('question')
    expect(sent).toEqual([])
    await page.context().close()
  })

  test('assistive technology is told of the list, how long it is and which item is chosen', async () => {
    const page = await site().open()
    const box = page.locator('#question')
    expect(await box.getAttribute('aria-controls')).toBe(null)
    await box.pressSequentially('dalian')
    const list = page.getByRole('listbox', { name: '资料里读音相符的词和题目' })
    await list.waitFor()
    expect(await box.getAttribute('aria-controls')).toBe(await list.getAttribute('id'))
    expect(await box.getAttribute('aria-activedescendant')).toBe(null)
    const all = await list.getByRole('option').count()
    expect(await page.locator('#question-hint[role=status]').innerText()).toContain(`${all} 个词或题目`)
    await page.keyboard.press('ArrowDown')
    const chosen = list.locator('[aria-selected=true]')
    await chosen.waitFor()
    expect(await box.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'))
    await page.context().close()
  })

  test('in the list of articles the same letters find titles', async () => {
    const page = await site().open('/?articles=')
    await page.waitForSelector('.rows li')
    const find = page.getByRole('combobox', { name: '在题目、作者、来源、文件名里找' })
    expect(await find.getAttribute('aria-expanded')).toBe('false')
    await find.pressSequentially('luming')
    const title = page.getByRole('option', { name: /^鹿鸣县图书馆重新开放/ })
    await title.waitFor()
    expect(await find.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect.poll(() => find.inputValue()).toBe('鹿鸣县图书馆重新开放')
    await expect.poll(() => page.locator('.rows li').count()).toBe(1)
    await page.context().close()
  })
}
