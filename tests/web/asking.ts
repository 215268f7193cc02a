import { expect, test } from 'vitest'
import type { Answer } from '../../src/core/types.ts'
import { ANSWERED, REFUSED } from './corpus.ts'
import type { Site } from './site.ts'

/** Asking and what comes of it. */
export const asking = (site: () => Site): void => {
  test('the empty page says what the corpus is and offers questions made from it, which it can answer', async () => {
    const page = await site().open()
    await page.waitForSelector('.samples button')
    const articles = (await (await fetch(`${site().url}/articles`)).json()) as { total: number }
    expect(await page.locator('.summary').innerText()).toContain(`${articles.total} 篇文章`)
    expect(await page.locator('.promise').innerText()).toContain('不保证它说得对')
    const samples = await page.locator('.samples button').allInnerTexts()
    expect(samples.length).toBeGreaterThan(1)
    await page.locator('.samples button').first().click()
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(await page.locator('.question').innerText()).toContain(samples[0])
    await page.context().close()
  })

  test('an answer is shown large, and marked in an extract that is quoted with its source', async () => {
    const page = await site().open()
    const [reply] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, ANSWERED)])
    expect(reply.headers()['content-type']).toBe('application/json')
    const answer = await answerOf(site().url, ANSWERED)
    expect(answer.answered).toBe(true)
    expect(await page.locator('.figure bdi').innerText()).toBe(answer.answer?.text)
    expect(await page.locator('blockquote mark').innerText()).toBe(answer.answer?.text)
    const first = page.locator('.extracts > li').first()
    expect(await first.locator('blockquote').innerText()).toBe(answer.extracts[0]?.text)
    expect(await first.locator('blockquote').getAttribute('cite')).toBe(
      site().url + (answer.extracts[0]?.citation.url ?? ''),
    )
    expect(await first.locator('figcaption').innerText()).toContain('《鹿鸣县图书馆重新开放》')
    expect(await first.locator('figcaption').innerText()).toContain('library.md')
    await page.context().close()
  })

  test('a refusal looks and reads like one: nothing marked, the nearest named as nearest', async () => {
    const page = await site().open()
    await site().ask(page, REFUSED)
    expect(await page.locator('.refusal .headline').innerText()).toContain('资料里没有找到')
    expect(await page.locator('.figure, mark').count()).toBe(0)
    const nearest = page.getByRole('region', { name: '最接近的段落，不是答案' })
    const answer = await answerOf(site().url, REFUSED)
    expect(await nearest.locator('blockquote').count()).toBe(answer.nearest.length)
    for (const name of answer.missing ?? [])
      expect(await page.locator('.refusal').innerText()).toContain(`“${name}”`)
    await page.context().close()
  })

  test('a follow-up goes out with the questions before it', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const [request] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, '座位呢？')])
    expect(request.postDataJSON()).toEqual({ question: '座位呢？', history: [{ question: ANSWERED }] })
    expect(await page.locator('.turn').count()).toBe(2)
    expect(await page.locator('.turn').last().innerText()).toMatch(/理解为：.*座位/)
    await page.context().close()
  })

  test('limits go out with the question, stand in the address and are said beside the answer', async () => {
    const page = await site().open()
    await page.getByRole('button', { name: '限定范围' }).click()
    await page.getByLabel('来源、作者或文件名含有').fill('library')
    const [request] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, ANSWERED)])
    expect(request.postDataJSON()).toEqual({ question: ANSWERED, source: 'library' })
    expect(new URL(page.url()).searchParams.get('source')).toBe('library')
    expect(await page.locator('.turn').innerText()).toContain('只在这个范围里找：library')
    await page.context().close()
  })

  test('a date is typed year first in any of its forms, shown whole, and refused in words when it is none', async () => {
    const page = await site().open('/', { locale: 'en-US' })
    await page.getByRole('button', { name: /Limits|限定范围/ }).click()
    const from = page.locator('input[name=from]')
    expect(await from.getAttribute('placeholder')).toBe('YYYY-MM-DD')
    await from.fill('05/01/2020')
    expect(await page.locator('.field.from .fault').innerText()).toBe('')
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await page.fill('#question', ANSWERED)
    expect(await page.locator('.field.from .fault').innerText()).toContain('2020-05-01')
    expect(await from.getAttribute('aria-invalid')).toBe('true')
    await page.press('#question', 'Enter')
    expect(await page.locator('#question-hint').innerText()).toContain('2020-05-01')
    expect(sent).toEqual([])
    await from.fill('2020年5月1日')
    await from.blur()
    await expect.poll(() => from.inputValue()).toBe('2020-05-01')
    expect(await from.evaluate((field) => field.scrollWidth <= field.clientWidth)).toBe(true)
    await page.locator('input[name=to]').fill('20211231')
    const [request] = await Promise.all([page.waitForRequest('**/ask'), site().ask(page, ANSWERED)])
    expect(request.postDataJSON()).toEqual({ question: ANSWERED, from: '2020-05-01', to: '2021-12-31' })
    await page.context().close()
  })

  test('an input method that is composing keeps Enter to itself; the next Enter sends once', async () => {
    const page = await site().open()
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await page.focus('#question')
    const input = await page.context().newCDPSession(page)
    await input.send('Input.imeSetComposition', { text: '图书馆', selectionStart: 3, selectionEnd: 3 })
    await input.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      windowsVirtualKeyCode: 229,
    })
    await page.keyboard.press('Enter')
    await page.waitForTimeout(200)
    expect(sent).toEqual([])
    expect(await page.locator('.turn').count()).toBe(0)
    await input.send('Input.insertText', { text: '图书馆' })
    await page.press('#question', 'Enter')
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(sent).toHaveLength(1)
    await page.context().close()
  })

  test('an empty question, one of punctuation alone and one that is too long are not sent, and the reason is said', async () => {
    const page = await site().open()
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await page.fill('#question', ' \n ')
    await page.press('#question', 'Enter')
    expect(await page.locator('#question-hint').innerText()).toBe('请输入问题。')
    for (const marks of ['？？？', '。。。', '…!, «»']) {
      await page.fill('#question', marks)
      await page.press('#question', 'Enter')
      expect(await page.locator('#question-hint').innerText()).toBe('请输入问题：现在只有标点。')
    }
    await page.fill('#question', '𠀀'.repeat(503))
    await page.press('#question', 'Enter')
    expect(await page.locator('#question-hint').innerText()).toContain('多了 3 字')
    expect(sent).toEqual([])
    await page.context().close()
  })

  test('reload, back, forward and the address alone bring the same view', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const first = await page.locator('.column main').innerText()
    await site().ask(page, REFUSED)
    const both = await page.locator('.column main').innerText()
    await page.reload()
    await expect.poll(() => page.locator('.column main').innerText(), { timeout: 20_000 }).toBe(both)
    await page.goBack()
    await expect.poll(() => page.locator('.column main').innerText()).toBe(first)
    await page.goForward()
    await expect.poll(() => page.locator('.column main').innerText()).toBe(both)
    const other = await site().open(new URL(page.url()).search)
    await other.waitForSelector('.turn[aria-busy="false"]')
    expect(await other.locator('.refusal .headline').count()).toBe(1)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('an answer can be saved as JSON, extracts and citations untouched', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '存为 JSON' }).click(),
    ])
    const parts: Buffer[] = []
    for await (const part of await download.createReadStream()) parts.push(part as Buffer)
    const saved = JSON.parse(Buffer.concat(parts).toString()) as Answer
    expect(download.suggestedFilename()).toBe('鹿鸣县图书馆新馆的藏书有多少册.json')
    expect(saved.extracts).toEqual((await answerOf(site().url, ANSWERED)).extracts)
    await page.context().close()
  })
}

const answerOf = async (url: string, question: string): Promise<Answer> => {
  const response = await fetch(`${url}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  })
  return (await response.json()) as Answer
}
