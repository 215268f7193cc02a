import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { ANSWERED } from './corpus.ts'
import type { Site } from './site.ts'

/** Path of a shared host below which the page lies. */
const BELOW = '/tools/chuchu'

interface Proxy {
  readonly url: string
  /** Lets the whole answer through, which is held until then; extracts pass at once. */
  readonly release: () => void
  readonly close: () => void
}

/** A proxy as it is put before a server: a path of its own, and the server's Host and Origin. */
const openProxy = async (target: string): Promise<Proxy> => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const server: Server = createServer((request, response) => {
    forward(target, request, response, held).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${BELOW}`,
    release,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const forward = async (
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  held: Promise<void>,
): Promise<void> => {
  if (!request.url?.startsWith(`${BELOW}/`)) return void response.writeHead(404).end()
  const body: Buffer[] = []
  for await (const part of request) body.push(part as Buffer)
  const { accept = '*/*', 'content-type': type } = request.headers
  const reply = await fetch(target + request.url.slice(BELOW.length), {
    method: request.method ?? 'GET',
    headers: { accept, ...(type === undefined ? {} : { 'content-type': type }) },
    ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
  })
  const kept = [...reply.headers].filter(([name]) => !/^(content-(encoding|length)|transfer-)/.test(name))
  response.writeHead(reply.status, Object.fromEntries(kept))
  for (const event of (await reply.text()).split(/(?<=\n\n)/)) {
    if (event.includes('event: answer')) await held
    response.write(event)
  }
  response.end()
}

/** The page below a path of another host, and an answer that comes slowly. */
export const proxied = (site: () => Site): void => {
  test('below a path of a shared host it asks, opens, reloads and leads to articles as it does at the root', async () => {
    const proxy = await openProxy(site().url)
    proxy.release()
    const page = await site().open(`${proxy.url}/`)
    await site().ask(page, ANSWERED)
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane [data-quote]')
    expect(new URL(page.url()).pathname).toBe(`${BELOW}/`)
    await page.reload()
    await page.waitForSelector('.pane [data-quote]')
    const link = (await page.locator('a.cite').first().getAttribute('href')) ?? ''
    expect(link.startsWith(`${proxy.url}/articles/`)).toBe(true)
    const other = await site().open(link)
    await other.waitForSelector('.alone [data-quote]')
    await other.getByRole('link', { name: '文章' }).click()
    await other.waitForSelector('.rows li')
    expect(other.url()).toBe(`${proxy.url}/?articles=`)
    await Promise.all([page.context().close(), other.context().close()])
    proxy.close()
  })

  test('an extract is on the screen before the answer is complete', async () => {
    const proxy = await openProxy(site().url)
    const page = await site().open(`${proxy.url}/`)
    await page.fill('#question', ANSWERED)
    await page.press('#question', 'Enter')
    await page.locator('.turn[aria-busy="true"] blockquote').first().waitFor()
    expect(await page.locator('.figure').count()).toBe(0)
    proxy.release()
    await page.waitForSelector('.turn[aria-busy="false"] .figure')
    await page.context().close()
    proxy.close()
  })
}
