import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Generation } from '../../src/core/ports.ts'
import { makeOriginals } from '../../src/http/originals.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { openDesk, startServer, type TestServer, temporary } from './harness.ts'

let server: TestServer
let corpus: string
let files: Generation['files']

beforeAll(async () => {
  const opened = await openDesk()
  corpus = opened.corpus
  files = opened.desk.generation.files
  server = await startServer(opened.desk, { corpus })
})
afterAll(() => server.stop())

const idOf = (name: string): string => files.find((file) => file.name === name)?.id ?? ''
const get = (path: string, headers = {}) => fetch(server.url + path, { headers })

describe('GET /files/{id}/original', () => {
  test('gives the very bytes whose hash is cited, and the charset that makes the text of them', async () => {
    expect(new Set(files.map(({ encoding }) => encoding)).size).toBeGreaterThan(2)
    for (const { id, sha256, name } of files) {
      const reply = await get(`/files/${id}/original`)
      const bytes = new Uint8Array(await reply.arrayBuffer())
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256)
      const charset = /charset=([\w-]+)$/.exec(reply.headers.get('content-type') ?? '')?.[1]
      const text = await (await get(`/files/${id}`)).text()
      expect(new TextDecoder(charset).decode(bytes)).toBe(text)
    }
  })

  test('gives a download that no browser may show or sniff, checked each time', async () => {
    const path = `/files/${idOf('旧/图书馆.txt')}/original`
    const reply = await get(path)
    expect(reply.headers.get('content-disposition')).toBe('attachment')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*; sandbox$/)
    expect((await get(path, { 'if-none-match': reply.headers.get('etag') })).status).toBe(304)
    const head = await fetch(server.url + path, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String((await reply.arrayBuffer()).byteLength))
  })

  test('gives what lies there now, though the index has read something else', async () => {
    const name = '旧/茶.txt'
    const before = readFileSync(join(corpus, name))
    writeFileSync(join(corpus, name), 'changed')
    expect(await (await get(`/files/${idOf(name)}/original`)).text()).toBe('changed')
    writeFileSync(join(corpus, name), before)
  })

  test('is a problem for a file that has gone, for one there never was, and without an index', async () => {
    const name = '旧/茶.txt'
    renameSync(join(corpus, name), join(corpus, 'away'))
    const gone = await replyOf(await get(`/files/${idOf(name)}/original`))
    renameSync(join(corpus, 'away'), join(corpus, name))
    expectProblem(gone, 404, 'not-found')
    expectDocumented('GET', '/files/{id}/original', gone)
    expect(gone.text).toContain('已不在资料夹里')
    expectProblem(await replyOf(await get('/files/0123456789abcdef/original')), 404, 'not-found')
  })
})

describe('reading an original', () => {
  test('a link, in the name or on the way to it, is not followed out of the folder', async () => {
    const [inside, outside] = [temporary(), temporary()]
    writeFileSync(join(outside, 'secret.txt'), 'secret')
    mkdirSync(join(inside, 'below'))
    writeFileSync(join(inside, 'below/a.txt'), 'a')
    symlinkSync(join(outside, 'secret.txt'), join(inside, 'link.txt'))
    symlinkSync(outside, join(inside, 'folder'))
    const read = makeOriginals([temporary(), inside])
    expect(await new Response((await read('below/a.txt'))?.stream()).text()).toBe('a')
    for (const name of ['link.txt', 'folder/secret.txt', '../secret.txt', 'below', 'none.txt', 'a\0b'])
      expect(await read(name), name).toBeNull()
    rmSync(inside, { recursive: true })
    expect(await read('below/a.txt')).toBeNull()
  })
})

const replyOf = async (response: Response) => {
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    json: () => JSON.parse(text),
  }
}
