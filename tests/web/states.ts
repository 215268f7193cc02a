import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ANSWERED } from './corpus.ts'
import type { Site } from './site.ts'

/** A problem as the server sends it. The server's own tests see to it that it does. */
const problem = (status: number, type: string, detail: string, retry?: number) => ({
  status,
  headers: {
    'content-type': 'application/problem+json; charset=utf-8',
    ...(retry === undefined ? {} : { 'retry-after': String(retry) }),
  },
  body: JSON.stringify({
    type: `/docs#${type}`,
    title: type,
    status,
    detail,
    instance: '/ask',
    requestId: 'req-7',
  }),
})

const READY = {
  status: 'ready',
  index: {
    state: 'ready',
    info: { generation: 'g', articles: 0, passages: 0, model: 'm' },
    building: null,
    error: null,
  },
  models: { embedder: 'ready', reader: 'none' },
}

/** Shows a page in a state that is seldom met, and what it says in it. */
const said = async (page: Page): Promise<string> =>
  (await page.locator('main').innerText()).replace(/\s+/g, ' ')

/** Every state has its own words and a next step. */
export const states = (site: () => Site): void => {
  test('a question on its way shows at once, with a stand-in for the answer, and can be stopped', async () => {
    const page = await site().open()
    await page.route('**/ask', (route) =>
      setTimeout(() => void route.continue().catch(() => undefined), 3000),
    )
    await page.fill('#question', ANSWERED)
    await page.press('#question', 'Enter')
    await page.waitForSelector('.skeleton', { timeout: 500 })
    expect(await page.locator('.question').innerText()).toContain(ANSWERED)
    await page.press('#question', 'Escape')
    await page.getByText('已停止').waitFor()
    await page.unroute('**/ask')
    await page.getByRole('button', { name: '再问一次' }).click()
    await page.waitForSelector('.extracts')
    await page.context().close()
  })

  test('a server out of reach is said so; once it is back, trying again answers', async () => {
    const page = await site().open()
    await page.context().setOffline(true)
    await site().ask(page, ANSWERED)
    expect(await said(page)).toContain('连不上出处的服务')
    expect(await said(page)).toContain('npm start')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: '重试' }).click()
    await page.waitForSelector('.extracts')
    await page.context().close()
  })

  test('a busy server: the reason, and a button that waits as long as the server asks', async () => {
    const page = await site().open()
    await page.route('**/ask', (route) =>
      route.fulfill(problem(503, 'overloaded', '现在提问的人太多，请稍后再试。', 1)),
    )
    await site().ask(page, ANSWERED)
    expect(await said(page)).toContain('现在太忙 现在提问的人太多')
    expect(await page.locator('.trouble button').isDisabled()).toBe(true)
    await page.unroute('**/ask')
    await page.getByRole('button', { name: '重试', exact: true }).click()
    await page.waitForSelector('.extracts')
    await page.context().close()
  })

  test('a question the server refuses comes back into the box to be changed', async () => {
    for (const [status, type, title] of [
      [422, 'invalid', '这个问题没法接受'],
      [413, 'too-large', '问题太长'],
    ] as const) {
      const page = await site().open()
      await page.route('**/ask', (route) =>
        route.fulfill(problem(status, type, '含有控制字符，请删去后再试')),
      )
      await site().ask(page, ANSWERED)
      expect(await said(page)).toContain(`${title} 含有控制字符`)
      await page.getByRole('button', { name: '修改问题' }).click()
      expect(await page.inputValue('#question')).toBe(ANSWERED)
      expect(await page.locator('#question').evaluate((box) => box === box.ownerDocument.activeElement)).toBe(
        true,
      )
      await page.context().close()
    }
  })

  test('too many requests, a failure inside and an answer that makes no sense have words of their own', async () => {
    const page = await site().open()
    const meet = async (reply: object): Promise<string> => {
      await page.unroute('**/ask')
      await page.route('**/ask', (route) => route.fulfill(reply))
      await site().ask(page, ANSWERED)
      return (await page.locator('.turn:last-child').innerText()).replace(/\s+/g, ' ')
    }
    expect(await meet(problem(429, 'rate-limited', '同时发来的请求太多，请稍等再试。', 2))).toContain(
      '秒后可以重试',
    )
    expect(await meet(problem(500, 'internal', '程序内部出错，已记入日志。'))).toContain('请求编号 req-7')
    expect(await meet({ status: 502, body: '<h1>Bad gateway</h1>' })).toContain('收到的回答读不懂')
    expect(
      await meet({ status: 200, contentType: 'text/event-stream', body: 'event: answer\ndata: {\n\n' }),
    ).toContain('读不懂')
    const broken = `event: error\ndata: ${problem(503, 'timeout', '这个问题超过了 10 秒，已停止。').body}\n\n`
    expect(await meet({ status: 200, contentType: 'text/event-stream', body: broken })).toContain(
      '超过了 10 秒',
    )
    await page.context().close()
  })

  test('an index that is being built shows how far it is; a question asked meanwhile is answered when it is there', async () => {
    const page = await site()
      .open('about:blank')
      .catch(() => site().open())
    let building = true
    const index = {
      state: 'missing',
      info: null,
      building: { stage: 'embed', done: 30, total: 120, percent: 25 },
      error: null,
    }
    const starting = problem(503, 'building', '正在建立索引（25%），完成后即可提问。', 1)
    const body = JSON.stringify({ ...JSON.parse(starting.body), index, models: READY.models })
    await page.route('**/readyz', (route) =>
      building ? route.fulfill({ ...starting, body }) : route.continue(),
    )
    await page.route('**/ask', (route) => (building ? route.fulfill(starting) : route.continue()))
    await page.goto(site().url)
    await page.waitForSelector('progress')
    expect(await said(page)).toContain('正在建立索引 算向量：30 / 120')
    expect(
      await page.locator('progress').evaluate((bar) => [bar.getAttribute('max'), bar.getAttribute('value')]),
    ).toEqual(['120', '30'])
    await site().ask(page, ANSWERED)
    building = false
    await page.waitForSelector('.extracts')
    await page.context().close()
  })

  test('an empty corpus, an index that cannot be served and a model that is down say what to do', async () => {
    const page = await site().open()
    const meet = async (reply: object): Promise<string> => {
      await page.unroute('**/readyz')
      await page.route('**/readyz', (route) => route.fulfill(reply))
      await page.goto(site().url)
      await page.waitForSelector('.trouble')
      return said(page)
    }
    expect(await meet({ json: READY })).toContain('资料夹里还没有文章')
    const index = { index: { state: 'failed', info: null, building: null, error: 'x' }, models: READY.models }
    const failed = problem(
      503,
      'index-unavailable',
      '没有可用的索引。请看服务的日志，再运行 chuchu index。',
      5,
    )
    const down = problem(503, 'model-unavailable', '模型暂时不可用，正在重启，请稍候再试。', 1)
    const withIndex = (reply: ReturnType<typeof problem>) => ({
      ...reply,
      body: JSON.stringify({ ...JSON.parse(reply.body), ...index }),
    })
    expect(await meet(withIndex(failed))).toContain('再运行 chuchu index')
    expect(await meet(withIndex(down))).toContain('模型暂时不能用')
    await page.context().close()
  })

  test('an article that is gone is said so, with a way on', async () => {
    const page = await site().open('/articles/0000000000000000-1')
    await page.getByText('没有找到').first().waitFor()
    expect(await said(page)).toContain('文章目录')
    await page.context().close()
  })

  test('an address that there is not shows a page in words, with the way home', async () => {
    for (const [address, viewport] of [
      ['/foo', { width: 1280, height: 800 }],
      ['/foo/bar?x=1', { width: 320, height: 640 }],
      ['/files/0000000000000000', { width: 320, height: 640 }],
    ] as const) {
      const page = await site().open(address, { viewport })
      expect(await page.locator('h1').innerText()).toMatch(/^没有这个/)
      expect(await page.locator('body').evaluate((body) => body.textContent)).not.toContain('{"')
      const colours = await page.evaluate<string[]>(
        "['h1', '.name'].map((part) => getComputedStyle(document.querySelector(part)).color)",
      )
      expect(colours[0]).toBe(colours[1])
      expect(colours[0]).not.toBe('rgb(0, 0, 0)')
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      await page.getByRole('link', { name: '去提问' }).click()
      await page.waitForSelector('#question')
      expect(page.url()).toBe(`${site().url}/`)
      await page.context().close()
    }
  })

  test('a file that is dropped on the page does not take its place, and how to add it is said', async () => {
    const page = await site().open()
    await page.evaluate(`{
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'x.txt'))
      for (const type of ['dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
        if (document.querySelector('main').dispatchEvent(event)) throw new Error(type + ' was left to the browser')
      }
    }`)
    await page.getByRole('alert').getByText('请把文件放进资料夹').waitFor()
    await page.getByRole('button', { name: '去文章' }).click()
    await page.getByRole('button', { name: '重新建立索引' }).waitFor()
    expect(await page.getByText('请把文件放进资料夹').count()).toBe(0)
    await page.context().close()
  })

  test('an answer from an older index says so', async () => {
    const page = await site().open()
    await page.route('**/ask', async (route) => {
      const reply = await route.fetch()
      const text = (await reply.text()).replace(/"generation":"\w+"/g, '"generation":"older"')
      await route.fulfill({ response: reply, body: text })
    })
    await site().ask(page, ANSWERED)
    expect(await said(page)).toContain('资料在这次回答之后更新过')
    await page.context().close()
  })
}
