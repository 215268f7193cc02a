import { constantFrom, domain, assert as holds, ipV4, property, webUrl } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAllowed, isExposed, type Origins } from '../../src/http/guard.ts'
import { expectProblem } from './documented.ts'
import { openDesk, send, startServer, type TestServer } from './harness.ts'

const local = { host: '127.0.0.1', port: 8787 }
const plain: Origins = {
  method: 'POST',
  host: '127.0.0.1:8787',
  origin: undefined,
  fetchSite: undefined,
  fetchMode: undefined,
  fetchDest: undefined,
}

describe('Host', () => {
  test.each(['127.0.0.1:8787', 'localhost:8787', 'LOCALHOST:8787', '[::1]:8787'])('%s is ours', (host) => {
    expect(isAllowed({ ...plain, host }, local)).toBe(true)
  })

  test.each([
    undefined,
    '',
    'localhost',
    '127.0.0.1',
    'localhost:80',
    'localhost:8788',
    'localhost.:8787',
    'localhost.evil.example:8787',
    'evil.example:8787',
    'evil.example',
    '127.0.0.2:8787',
    '192.168.1.5:8787',
    '0.0.0.0:8787',
    '127.0.0.1:8787.evil.example',
    'localhost:8787:8787',
    '[::2]:8787',
    'user@localhost:8787',
  ])('%s is not', (host) => {
    expect(isAllowed({ ...plain, host }, local)).toBe(false)
  })

  test('no other name is ours (a rebinding page comes under its own)', () => {
    holds(
      property(domain(), (name) => {
        expect(isAllowed({ ...plain, host: `${name}:8787` }, local)).toBe(false)
        expect(isAllowed({ ...plain, host: `${name}:8787` }, { host: '0.0.0.0', port: 8787 })).toBe(false)
      }),
    )
  })

  test('the name that was set is ours, and on all interfaces every address in figures', () => {
    expect(isAllowed({ ...plain, host: 'box.lan:8787' }, { host: 'box.lan', port: 8787 })).toBe(true)
    expect(isAllowed({ ...plain, host: 'other.lan:8787' }, { host: 'box.lan', port: 8787 })).toBe(false)
    expect(isAllowed({ ...plain, host: '[fe80::1]:8787' }, { host: 'fe80::1', port: 8787 })).toBe(true)
    holds(
      property(ipV4(), (ip) => {
        expect(isAllowed({ ...plain, host: `${ip}:8787` }, { host: '0.0.0.0', port: 8787 })).toBe(true)
      }),
    )
  })

  test('port 80 may be left out', () => {
    expect(isAllowed({ ...plain, host: 'localhost' }, { host: '127.0.0.1', port: 80 })).toBe(true)
  })
})

describe('Origin and Sec-Fetch-Site', () => {
  test('our own pages are let in', () => {
    for (const origin of ['http://127.0.0.1:8787', 'http://localhost:8787'])
      expect(isAllowed({ ...plain, origin, fetchSite: 'same-origin' }, local)).toBe(true)
    expect(isAllowed({ ...plain, method: 'GET', fetchSite: 'none' }, local)).toBe(true)
  })

  test('no other origin is', () => {
    for (const origin of [
      'null',
      '',
      'http://localhost:3000',
      'https://127.0.0.1:8787',
      'http://127.0.0.1:8787/',
    ])
      expect(isAllowed({ ...plain, origin }, local)).toBe(false)
    holds(
      property(webUrl(), (url) => {
        expect(isAllowed({ ...plain, origin: new URL(url).origin }, local)).toBe(false)
      }),
    )
  })

  test('another site is refused even without Origin, but for a link that a person follows', () => {
    holds(
      property(
        constantFrom('cross-site', 'same-site'),
        constantFrom('GET', 'POST', 'HEAD'),
        constantFrom('navigate', 'no-cors', 'cors', undefined),
        constantFrom('document', 'iframe', 'script', 'empty', undefined),
        (fetchSite, method, fetchMode, fetchDest) => {
          const link = method === 'GET' && fetchMode === 'navigate' && fetchDest === 'document'
          expect(isAllowed({ ...plain, method, fetchSite, fetchMode, fetchDest }, local)).toBe(link)
        },
      ),
    )
  })
})

test('only loopback is not exposed', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.0.0.53'])
    expect(isExposed(host)).toBe(false)
  for (const host of ['0.0.0.0', '::', '192.168.0.2', 'box.lan', '127.0.0.1.evil.example'])
    expect(isExposed(host)).toBe(true)
})

describe('on every route', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer((await openDesk()).desk)
  })
  afterAll(() => server.stop())

  const routes = [
    ['POST', '/ask'],
    ['POST', '/search'],
    ['GET', '/articles'],
    ['GET', '/suggest?q=dalian'],
    ['GET', '/articles/x'],
    ['GET', '/files/x'],
    ['GET', '/'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/openapi.json'],
    ['GET', '/docs'],
    ['GET', '/assets/x.js'],
    ['GET', '/nothing'],
    ['OPTIONS', '/ask'],
  ] as const

  test.each(routes)('%s %s refuses foreign hosts and origins', async (method, path) => {
    const forms: readonly Record<string, string>[] = [
      { host: 'evil.example' },
      { host: `evil.example:${server.port}` },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    ]
    for (const headers of forms) {
      const reply = await send(server.port, method, path, {
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' ? { body: '{"question":"桥"}' } : {}),
      })
      expectProblem(reply, 403, 'forbidden')
      expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    }
  })
})
