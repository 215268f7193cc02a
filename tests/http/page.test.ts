import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAssets } from '../../src/http/assets.ts'
import { docsPage } from '../../src/http/docs-page.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { openDesk, send, startServer, type TestServer, temporary } from './harness.ts'

let server: TestServer
let bare: TestServer
const folder = join(temporary(), 'dist')

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets/index-Bq3xT_9a.js'), 'console')
  writeFileSync(join(folder, 'assets/plain.css'), 'a{}')
  writeFileSync(join(folder, 'notes.bin'), 'secret')
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret')
  symlinkSync(join(folder, '..', 'outside.txt'), join(folder, 'linked.txt'))
  const { desk } = await openDesk()
  server = await startServer(desk, { assets: folder })
  bare = await startServer(desk)
})
afterAll(async () => {
  await server.stop()
  await bare.stop()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  send(server.port, 'GET', path, { headers })

describe('the page', () => {
  test('is html that is checked each time and may run only our own scripts', async () => {
    const reply = await get('/')
    expectDocumented('GET', '/', reply)
    expect(reply.text).toContain('<title>page')
    expect(reply.headers['cache-control']).toBe('no-cache')
    const policy = String(reply.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect((await get('/', { 'if-none-match': String(reply.headers['etag']) })).status).toBe(304)
  })

  test('opens at an article for a browser that follows a citation, and is JSON for a program', async () => {
    const { articles } = JSON.parse((await get('/articles')).text)
    const path = `/articles/${articles[0].id}`
    const browser = await get(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expectDocumented('GET', '/articles/{id}', browser)
    expect(browser.headers['content-type']).toMatch(/^text\/html/)
    const program = await get(path, { accept: '*/*' })
    expect(program.headers['content-type']).toMatch(/^application\/json/)
    for (const reply of [browser, program]) expect(reply.headers['vary']).toMatch(/accept/i)
  })

  test('its files are served by their exact names, hashed ones for ever', async () => {
    const script = await get('/assets/index-Bq3xT_9a.js')
    expect(script.status).toBe(200)
    expect(script.headers['content-type']).toMatch(/^text\/javascript/)
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/plain.css')).headers['cache-control']).toBe('no-cache')
    const below = await get('/articles/assets/index-Bq3xT_9a.js') // as the page at an article asks for it
    expect([below.status, below.text]).toEqual([200, 'console'])
    expect((await get('/articles/assets/none.js')).status).toBe(404)
    const icon = await get('/icon.svg')
    expect(icon.headers['content-type']).toBe('image/svg+xml')
    expect((await get('/icon.svg', { 'if-none-match': String(icon.headers['etag']) })).status).toBe(304)
    expectProblem(
      await send(server.port, 'POST', '/icon.svg', {
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
      405,
      'method-not-allowed',
    )
  })

  test.each([
    '/linked.txt',
    '/notes.bin',
    '/assets',
    '/assets/',
    '/assets/../index.html',
    '/articles/assets/../index.html',
    '/assets/%2e%2e/icon.svg',
    '//icon.svg',
  ])('%s is not served', async (path) => {
    const reply = await get(path)
    expect(reply.text).not.toContain('secret')
    expect(reply.status === 404 || reply.text.includes('<svg') || reply.text.includes('<title>page')).toBe(
      true,
    )
  })

  test('an address that there is not is a page for a browser and a problem for a program', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    for (const [path, home] of [
      ['/foo', './'],
      ['/foo/bar', '../'],
      ['/files/0123456789abcdef', '../'],
    ] as const) {
      const page = await get(path, { accept })
      expect(page.status).toBe(404)
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(page.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
      expect(page.headers['vary']).toMatch(/accept/i)
      expect(page.text).toContain(`href="${home}"`)
      expect(page.text).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i)
      for (const other of ['*/*', 'application/json', 'application/problem+json, text/html;q=0.5'])
        expectProblem(await get(path, { accept: other }), 404, 'not-found')
    }
    const reply = await send(server.port, 'POST', '/foo', {
      headers: { accept, 'content-type': 'application/json' },
      body: '{}',
    })
    expectProblem(reply, 404, 'not-found')
    const request = { accept, 'x-request-id': 'abc-1' }
    expect((await get('/%3Cimg%20src=x%3E/"><b>', request)).text).not.toMatch(/<img|<b>/)
    expect((await get('/ask', request)).headers['allow']).toBe('POST')
  })

  test('that was not built is a problem which says how to build it, and the API goes on', async () => {
    const reply = await send(bare.port, 'GET', '/')
    expectProblem(reply, 503, 'page-missing')
    expectDocumented('GET', '/', reply)
    expect(reply.json()['detail']).toContain('npm run build')
    expect((await send(bare.port, 'GET', '/articles')).status).toBe(200)
  })
})

test('the page of the description shows hostile text as text', () => {
  const hostile = `<img src=x onerror="alert(1)">'&`
  const page = docsPage({
    openapi: '3.1.0',
    info: { title: hostile, version: hostile, description: hostile },
    paths: {
      [hostile]: {
        get: { summary: hostile, description: hostile, responses: { 200: { description: hostile } } },
      },
    },
    components: {
      schemas: {
        [hostile]: { type: 'object', properties: { [hostile]: { type: 'string', enum: [hostile] } } },
      },
    },
  } as never)
  expect(page).not.toContain('<img')
  expect(page.match(/"alert/g)).toBeNull()
})

test('a list of files holds no links and nothing of unknown kind', () => {
  expect([...readAssets(folder).keys()].sort()).toEqual([
    '/assets/index-Bq3xT_9a.js',
    '/assets/plain.css',
    '/icon.svg',
    '/index.html',
  ])
})
