import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import type { Answer } from '../../src/core/types.ts'
import { ANSWERED, DIFFERING, REFUSED } from './corpus.ts'
import type { Site } from './site.ts'

/** The file that a button saves. */
const saved = async (page: Page, button: string, which: 'first' | 'last' = 'first') => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button })[which]().click(),
  ])
  const parts: Buffer[] = []
  for await (const part of await download.createReadStream()) parts.push(part as Buffer)
  return { name: download.suggestedFilename(), text: Buffer.concat(parts).toString() }
}

/** What stays: files that are saved, verdicts, the history, how the page looks. */
export const keeping = (site: () => Site): void => {
  test('a saved page opened from the disk proves its quotations again, without a network', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const { name, text } = await saved(page, '存为网页')
    expect(name).toBe('鹿鸣县图书馆新馆的藏书有多少册.html')
    const other = await site().openSaved(text)
    expect(await other.locator('#outcome').getAttribute('class')).toBe('held')
    expect(await other.locator('h2').innerText()).toBe(ANSWERED)
    expect(await other.locator('.failed').count()).toBe(0)
    const quotations = await other.locator('[data-ranges]').count()
    expect(quotations).toBeGreaterThanOrEqual(await other.locator('blockquote').count())
    expect(await other.locator('p.held').count()).toBe(quotations + 1)
    const shown = await other.locator('main').innerText()
    for (const part of ['318200', '索引 ', '位置 ', 'SHA-256 ']) expect(shown).toContain(part)
    expect(shown).toMatch(/存于 \d{4}年\d+月\d+日 GMT\S* ?\d\d:\d\d/)
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('one digit changed in it, wherever, makes it fail before the eyes', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const { text } = await saved(page, '存为网页')
    const encoded = /data-charset="utf-8">([^<]+)</.exec(text)?.[1] ?? ''
    const file = Buffer.from(encoded, 'base64').toString()
    const forged = Buffer.from(file.replace('318200', '318201')).toString('base64')
    const sha = /class="sha256">(\w+)</.exec(text)?.[1] ?? ''
    const altered = (found: string) => `${found.slice(0, -1)}1`
    const changes: Readonly<Record<string, string>> = {
      quotation: text.replace(/<blockquote[\s\S]*?318200/, altered),
      answer: text.replace(/class="figure">318200/, altered),
      everywhere: text.replaceAll('318200', '318201'),
      file: text.replace(encoded, forged),
      both: text.replaceAll('318200', '318201').replace(encoded, forged),
      hash: text.replaceAll(
        sha,
        sha.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
      ),
      range: text.replace(
        /(data-ranges="\d*)(\d)/,
        (_, before, digit) => before + ((Number(digit) + 1) % 10),
      ),
      time: text.replace('答于 2', '答于 3'),
    }
    for (const [what, changed] of Object.entries(changes)) {
      expect(changed, what).not.toBe(text)
      const other = await site().openSaved(changed)
      expect(await other.locator('#outcome').getAttribute('class'), what).toBe('failed')
      expect(await other.locator('#outcome').innerText()).toContain('核对不通过')
      expect(await other.locator('main .failed').count(), what).toBeGreaterThan(0)
      await other.context().close()
    }
    await page.context().close()
  })

  test('a saved page holds hostile text as text, and a program put into it does not run', async () => {
    const page = await site().open()
    await site().ask(page, '鹿鸣县第0号样本的内容是什么？')
    const { text } = await saved(page, '存为网页')
    const other = await site().openSaved(text)
    expect(await other.locator('#outcome').getAttribute('class')).toBe('held')
    expect(
      await other.evaluate<number>(
        "document.querySelectorAll('img, svg, iframe, link, base, [onerror]').length",
      ),
    ).toBe(0)
    expect(
      await other.evaluate<number>("document.querySelectorAll('script:not([data-charset])').length"),
    ).toBe(1)
    const second = await site().openSaved(text.replace('<main', '<script>document.title="run"</script><main'))
    expect(await second.title()).not.toBe('run')
    await Promise.all([other, second].map((each) => each.context().close()))
    await page.context().close()
  })

  test('the whole conversation is saved as JSON that verify accepts, as Markdown and as a page', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    expect(await page.getByText('整段对话').count()).toBe(0)
    await site().ask(page, REFUSED)
    const json = (await saved(page, '存为 JSON', 'last')).text
    const answers = JSON.parse(json) as readonly Answer[]
    expect(answers.map(({ question }) => question)).toEqual([ANSWERED, REFUSED])
    const report = verify(json, join(site().folder, 'corpus'))
    expect(report).toMatchObject({ answers: 2, faults: [] })
    const markdown = (await saved(page, '存为 Markdown', 'last')).text
    expect(markdown).toContain('# 鹿鸣县图书馆')
    expect(markdown).toContain('# 塔克拉玛干')
    const other = await site().openSaved((await saved(page, '存为网页', 'last')).text)
    expect(await other.locator('article').count()).toBe(2)
    expect(await other.locator('#outcome').getAttribute('class')).toBe('held')
    await Promise.all([page.context().close(), other.context().close()])
  })

  test('a verdict on an extract is kept by the server, and the page says where', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    const first = page.locator('.extracts > li').first()
    await first.getByRole('button', { name: '对', exact: true }).click()
    await first.getByText('只存在这台服务器上').waitFor()
    expect(await first.getByRole('button', { name: '对', exact: true }).getAttribute('aria-pressed')).toBe(
      'true',
    )
    const lines = readFileSync(join(site().folder, 'index/feedback.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      question: ANSWERED,
      verdict: 'right',
      extract: { n: 1, file: 'library.md', answer: await page.locator('.figure bdi').innerText() },
    })
    await page.route('**/feedback', (route) => route.abort())
    await first.getByRole('button', { name: '不对' }).click()
    await first.getByText('没有记下').waitFor()
    await page.context().close()
  })

  test('questions are remembered on this machine alone, can be searched, asked again and deleted', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    await site().ask(page, REFUSED)
    const short = await page.locator('.figure bdi').innerText()
    await page.getByRole('link', { name: '记录' }).click()
    const rows = page.locator('.past')
    expect(await rows.count()).toBe(2)
    expect(await page.locator('main').innerText()).toContain('只记在这台电脑的这个浏览器里')
    expect(await rows.nth(1).innerText()).toContain(short)
    expect(await rows.nth(0).innerText()).toContain('没有找到答案')
    await page.getByLabel('在记录里找').fill('图书馆')
    await expect.poll(() => rows.count()).toBe(1)
    await page.reload()
    await page.waitForSelector('.past')
    expect(await rows.count()).toBe(1)
    await rows.first().getByRole('link').click()
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(await page.locator('.question').innerText()).toContain(ANSWERED)
    await page.goBack()
    await page.waitForSelector('.past')
    await page.getByLabel('在记录里找').fill('')
    await page.getByRole('button', { name: `删除：${REFUSED}` }).click()
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByRole('button', { name: '全部删除' }).click()
    await page.getByRole('button', { name: '不删' }).click()
    expect(await rows.count()).toBe(1)
    await page.getByRole('button', { name: '全部删除' }).click()
    await page.getByRole('button', { name: '全部删除' }).click()
    await page.getByText('还没有记录').waitFor()
    expect(await page.evaluate<string | null>("localStorage.getItem('chuchu.history')")).toBeNull()
    await page.context().close()
  })

  test('a follow-up that is opened from the history is asked as it was understood', async () => {
    const page = await site().open()
    await site().ask(page, ANSWERED)
    await site().ask(page, '座位呢？')
    const understood = /理解为：(.*座位.*)/.exec(await page.locator('.turn').last().innerText())?.[1]
    await page.getByRole('link', { name: '记录' }).click()
    const row = page.locator('.past').first()
    expect(await row.innerText()).toContain(`理解为：${understood}`)
    const [request] = await Promise.all([page.waitForRequest('**/ask'), row.getByRole('link').click()])
    expect(request.postDataJSON()).toEqual({ question: understood })
    await page.waitForSelector('.turn[aria-busy="false"]')
    expect(await page.locator('.turn').count()).toBe(1)
    await page.context().close()
  })

  test('without storage the page works and says that nothing is remembered', async () => {
    const page = await site().open()
    await page
      .context()
      .addInitScript(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })",
      )
    await page.goto(site().url)
    await site().ask(page, ANSWERED)
    await page.waitForSelector('.extracts')
    await page.getByRole('link', { name: '记录' }).click()
    await page.getByText('浏览器不让这一页保存东西').waitFor()
    await page.context().close()
  })

  test('articles that say the same are said to, and figures that differ stand side by side, the latest first', async () => {
    const page = await site().open()
    await site().ask(page, DIFFERING)
    const table = page.getByRole('table', { name: '各篇文章给出的数字不同' })
    expect(await table.locator('.value').allInnerTexts()).toEqual(['41座', '37座'])
    expect(await table.locator('.date').allInnerTexts()).toEqual(['2022-08-09', '2020-05-06', '2020-04-05'])
    const same = page.locator('.agreeing')
    expect(await same.count()).toBe(2)
    await same.first().getByRole('button').click()
    await page.waitForSelector('.pane [data-quote]')
    expect(await page.locator('.pane .reading').innerText()).toContain('37座')
    await page.context().close()
  })

  test('an article says where it stands in its file, and leads to each of its places', async () => {
    const page = await site().open()
    await site().ask(page, '大连公交专用道设置比例达到多少？')
    await page.locator('a.cite').first().click()
    const stands = page.locator('.pane .stands')
    await page.getByRole('button', { name: '显示' }).click()
    await page.keyboard.press('Escape')
    expect(await page.locator('#display').isVisible()).toBe(false)
    expect(await stands.locator('summary').innerText()).toMatch(/在原文件第 \d+–\d+ 行/)
    expect(await stands.locator('.map i').count()).toBe(await stands.locator('li').count())
    await stands.locator('summary').click()
    const place = stands.locator('li button').first()
    const [from] = /\d+/.exec(await place.innerText()) ?? []
    await place.click()
    await page.waitForSelector('.pane .file [data-quote]')
    const at = Number(new URL(page.url()).searchParams.get('at'))
    const id = await page.evaluate<string>(
      "performance.getEntriesByType('resource').map((e) => /files\\/(\\w+)$/.exec(e.name)?.[1]).filter(Boolean)[0]",
    )
    const file = await site().file(id)
    expect(file.slice(0, at).split('\n').length).toBe(Number(from))
    const marked = await page.evaluate<string>("[...CSS.highlights.get('quote')].map(String).join('')")
    expect(file.slice(at).startsWith(marked)).toBe(true)
    await page.reload()
    await page.waitForSelector('.pane .file [data-quote]')
    expect(await page.evaluate<string>("[...CSS.highlights.get('quote')].map(String).join('')")).toBe(marked)
    await page.context().close()
  })
}
