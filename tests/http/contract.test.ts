import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import { ChuchuError } from '../../src/core/errors.ts'
import { squeeze } from '../../src/core/ranges.ts'
import type { Answer, Extract } from '../../src/core/types.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { openDesk, pairEmbedder, post, type Reply, send, startServer, type TestServer } from './harness.ts'

let server: TestServer
let corpus: string
let total: number

beforeAll(async () => {
  const opened = await openDesk()
  corpus = opened.corpus
  server = await startServer(opened.desk)
  total = opened.desk.generation.articles.length
})
afterAll(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}): Promise<Reply> =>
  send(server.port, 'GET', path, { headers })

const ask = async (body: unknown): Promise<Answer> => {
  const reply = await post(server.port, '/ask', body)
  expectDocumented('POST', '/ask', reply)
  expect(reply.status).toBe(200)
  return JSON.parse(reply.text)
}

const ALL = { top: 20 }

describe('POST /ask', () => {
  test('gives extracts that stand in the files, with a marked answer that is a slice of one', async () => {
    const answer = await ask({ question: '青石桥重修总投资多少' })
    const shown = [...answer.extracts, ...answer.nearest]
    expect(shown[0]?.text).toContain('3200万元')
    expect(verify(JSON.stringify(answer), corpus).faults).toEqual([])
    if (answer.answer) {
      const { extract, start, end, text } = answer.answer
      expect(answer.extracts[extract - 1]?.text.slice(start, end)).toBe(text)
    }
  })

  test.each(['候鸟多少种', '茶園面積', '县图书馆新增座位', '金牌多少枚', '末班车', '存粮'])(
    'every extract for %s is verbatim, whatever the encoding of its file',
    async (question) => {
      const answer = await ask({ question, ...ALL })
      expect(answer.extracts.length + answer.nearest.length).toBeGreaterThan(0)
      expect(verify(JSON.stringify(answer), corpus).faults).toEqual([])
    },
  )

  test('shows extracts or what is nearest, never both', async () => {
    const answer = await ask({ question: '火星上有几座火车站' })
    expect(answer.answered ? answer.nearest : answer.extracts).toEqual([])
    expect(answer.reason === null).toBe(answer.answered)
  })

  test('is never stored', async () => {
    const reply = await post(server.port, '/ask', { question: '桥长' })
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  test('takes earlier questions, filters and the largest top', async () => {
    const history = Array.from({ length: 10 }, () => ({ question: '桥' }))
    await ask({
      question: '桥长多少米',
      history,
      top: 20,
      from: '2021-01-01',
      to: '2021-12-31',
      source: '桥',
    })
  })

  test('finds only articles of the asked dates', async () => {
    const answer = await ask({ question: '末班车延长到几点', from: '2023-01-01', to: '2023-12-31', ...ALL })
    const dates = [...answer.extracts, ...answer.nearest].map(({ citation }) => citation.date ?? '')
    expect(dates.length).toBeGreaterThan(0)
    for (const date of dates) expect(date).toMatch(/^2023/)
  })

  test('takes a question with line breaks, as people paste them', async () => {
    expect((await ask({ question: '桥长\n多少\t米' })).question).toBe('桥长 多少 米')
  })

  test('says how it was searched when that is not as it was asked: in simplified characters', async () => {
    const answer = await ask({ question: '茶園面積達到多少' })
    expect(answer).toMatchObject({ question: '茶園面積達到多少', understoodAs: '茶园面积达到多少' })
    expect((await ask({ question: '茶园面积达到多少' })).understoodAs).toBe(undefined)
  })

  test('takes exactly 500 characters beyond the BMP', async () => {
    await ask({ question: '𠀀'.repeat(500) })
  })
})

describe('POST /ask as events', () => {
  const events = async (body: unknown) => {
    const response = await fetch(`${server.url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    const blocks = text.split('\n\n').filter((block) => block !== '' && !block.startsWith(':'))
    return {
      response,
      list: blocks.map((block) => {
        const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
        return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
      }),
    }
  }

  test('come in order meta, extract…, answer, done, numbered from 1', async () => {
    const { response, list } = await events({ question: '青石桥重修总投资多少' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(list.map(({ event }) => event).join(' ')).toMatch(/^meta( extract)* answer done$/)
    expect(list.map(({ id }) => id)).toEqual(list.map((_, i) => String(i + 1)))
    expect(list[0]?.data).toMatchObject({ index: { articles: total }, question: '青石桥重修总投资多少' })
  })

  test('are logged at their end, with the time that the answer took', async () => {
    const before = server.lines.length
    const { list } = await events({ question: '黑脸琵鹭有多少只越冬' })
    const { timings } = list.find(({ event }) => event === 'answer')?.data ?? {}
    const logged = () => server.lines.slice(before).filter((line) => line.includes('"event":"request"'))
    await expect.poll(() => logged().length).toBe(1)
    expect(JSON.parse(logged()[0] ?? '{}').ms).toBeGreaterThanOrEqual(timings.total - 1)
  })

  test('hold the extracts of the answer, and the answer is the same body as JSON', async () => {
    const { list } = await events({ question: '青石桥重修总投资多少' })
    const answer: Answer = list.find(({ event }) => event === 'answer')?.data
    const extracts: Extract[] = list.filter(({ event }) => event === 'extract').map(({ data }) => data)
    expect(extracts).toEqual(answer.extracts)
    const plain = await ask({ question: '青石桥重修总投资多少' })
    expect({ ...answer, id: '', timings: null }).toEqual({ ...plain, id: '', timings: null })
  })

  test('a question that cannot be asked is a problem with its status, not an event', async () => {
    const reply = await post(server.port, '/ask', { question: '' }, { accept: 'text/event-stream' })
    expectProblem(reply, 422, 'invalid')
  })
})

describe('POST /search', () => {
  test('gives whole passages, best first, with the words that matched', async () => {
    const reply = await post(server.port, '/search', { question: '黑脸琵鹭数量' })
    expectDocumented('POST', '/search', reply)
    const { hits } = JSON.parse(reply.text)
    expect(hits[0].text).toContain('47只')
    expect(hits[0].why.words.length).toBeGreaterThan(0)
    expect(verify(reply.text, corpus).faults).toEqual([])
    const scores = hits.map(({ score }: { score: number }) => score)
    expect(scores).toEqual([...scores].sort((a: number, b: number) => b - a))
  })

  test('gives as many as asked for', async () => {
    const reply = await post(server.port, '/search', { question: '桥', top: 2 })
    expect(JSON.parse(reply.text).hits.length).toBeLessThanOrEqual(2)
    expect((await post(server.port, '/search', { question: '桥', top: 100 })).status).toBe(200)
    expectProblem(await post(server.port, '/search', { question: '桥', top: 101 }), 422, 'invalid')
  })
})

test('an embedder that is down is named by /ask and /search alike, and by neither when it is up', async () => {
  let down = false
  const { desk } = await openDesk({
    ...pairEmbedder,
    question: async (text) => {
      if (down) throw new ChuchuError('model_unavailable', 'down')
      return pairEmbedder.question(text)
    },
  })
  const own = await startServer(desk)
  const replies = async (): Promise<readonly unknown[]> => {
    const question = `夜班公交末班车几点${down ? '？' : ''}`
    const asked = ['/ask', '/search'].map((path) => post(own.port, path, { question }))
    for (const [i, reply] of (await Promise.all(asked)).entries()) {
      expect(reply.status).toBe(200)
      expectDocumented('POST', i === 0 ? '/ask' : '/search', reply)
    }
    return (await Promise.all(asked)).map((reply) => reply.json()['degraded'])
  }
  expect(await replies()).toEqual([undefined, undefined])
  down = true
  expect(await replies()).toEqual([['embedder'], ['embedder']])
  await own.stop()
})

test('a reader that is down is named by /ask and /search alike', async () => {
  const read = () => Promise.reject(new ChuchuError('model_unavailable', 'down'))
  const { desk } = await openDesk(pairEmbedder, { id: 'down', read })
  const own = await startServer(desk)
  for (const path of ['/ask', '/search']) {
    const reply = await post(own.port, path, { question: '夜班公交末班车几点' })
    expectDocumented('POST', path, reply)
    expect(reply.status).toBe(200)
    expect(reply.json()['degraded']).toEqual(['reader'])
  }
  await own.stop()
})

describe('GET /suggest', () => {
  const suggest = async (query: string): Promise<Record<string, unknown>> => {
    const reply = await get(`/suggest?${query}`)
    expectDocumented('GET', '/suggest', reply)
    expect(reply.status).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
    return reply.json()
  }

  test('gives words and titles that sound like the letters at the end, and which letters these are', async () => {
    expect(await suggest(`q=${encodeURIComponent('去年qing shi qiao')}`)).toEqual({
      typed: 'qing shi qiao',
      suggestions: [
        { text: '青石桥', kind: 'word' },
        { text: '青石桥重修完工', kind: 'title' },
      ],
    })
    expect(await suggest('q=qingshiqiao&limit=1')).toMatchObject({ suggestions: [{ text: '青石桥' }] })
  })

  test('gives nothing where nothing sounds like it', async () => {
    for (const typed of ['候鸟', 'How many', 'q', `${'x'.repeat(99)}!`])
      expect(await suggest(`q=${encodeURIComponent(typed)}`)).toEqual({ typed: '', suggestions: [] })
  })

  test('what cannot be looked up is refused with 422 and the field at fault', async () => {
    for (const [query, field] of [
      ['', 'q'],
      ['q=', 'q'],
      [`q=${'a'.repeat(101)}`, 'q'],
      ['q=%00a', 'q'],
      ['q=a&limit=0', 'limit'],
      ['q=a&limit=21', 'limit'],
      ['q=a&limit=x', 'limit'],
    ] as const) {
      const reply = await get(`/suggest?${query}`)
      expectDocumented('GET', '/suggest', reply)
      expectProblem(reply, 422, 'invalid')
      expect(reply.json()['errors']).toMatchObject([{ field }])
    }
  })

  test('two hundred at once are all answered, and a question among them', async () => {
    const typed = Array.from({ length: 200 }, (_, i) =>
      get(`/suggest?q=${['houniao', 'qingshi', 'tsg'][i % 3]}`),
    )
    const question = ask({ question: '桥长多少米' })
    for (const reply of await Promise.all(typed)) expect(reply.status).toBe(200)
    expect((await question).index.articles).toBe(total)
  })
})

describe('what cannot be asked is refused with 422 and the field at fault', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['no question', {}, 'question'],
    ['an empty question', { question: '' }, 'question'],
    ['white space', { question: ' \u3000\n\t' }, 'question'],
    ['invisible characters', { question: '\u200b\u200d' }, 'question'],
    ['501 code points', { question: '问'.repeat(501) }, 'question'],
    ['NUL', { question: '桥\u0000长' }, 'question'],
    ['escape', { question: '桥\u001b[31m' }, 'question'],
    ['C1 control', { question: '桥\u0085长' }, 'question'],
    ['half a surrogate pair', '{"question":"桥\\ud800"}', 'question'],
    ['a replacement character, as from a wrong encoding', { question: '\ufffd\ufffd' }, 'question'],
    ['a number', { question: 7 }, 'question'],
    ['null', { question: null }, 'question'],
    ['top 0', { question: '桥', top: 0 }, 'top'],
    ['top 21', { question: '桥', top: 21 }, 'top'],
    ['top 2.5', { question: '桥', top: 2.5 }, 'top'],
    ['top as text', { question: '桥', top: '5' }, 'top'],
    ['an unknown field', { question: '桥', model: 'x' }, 'model'],
    [
      'an unknown field of history',
      { question: '桥', history: [{ question: '桥', answer: '' }] },
      'history.0.answer',
    ],
    ['a bad earlier question', { question: '桥', history: [{ question: '' }] }, 'history.0.question'],
    ['history that is no list', { question: '桥', history: 'x' }, 'history'],
    ['a date in another form', { question: '桥', from: '2020/01/01' }, 'from'],
    ['a day that is not', { question: '桥', to: '2021-02-29' }, 'to'],
    ['from after to', { question: '桥', from: '2021-02-02', to: '2021-02-01' }, 'from'],
    ['an empty source', { question: '桥', source: ' ' }, 'source'],
    ['a list', [], ''],
    ['a text', '"桥"', ''],
    ['null as body', 'null', ''],
  ]
  test.each(cases)('%s', async (_, body, field) => {
    const reply = await post(server.port, '/ask', body)
    expectProblem(reply, 422, 'invalid')
    expectDocumented('POST', '/ask', reply)
    expect(reply.json()['errors']).toContainEqual(expect.objectContaining({ field }))
    expect(String(reply.json()['detail'])).toMatch(/\p{Script=Han}/u)
  })

  test('every fault is told at once', async () => {
    const reply = await post(server.port, '/ask', { question: '', top: 0, x: 1 })
    expect(reply.json()['errors']).toHaveLength(3)
  })
})

describe('what is not a request of ours', () => {
  test.each(['', '{', '{"question":', 'not json', '{"question":"a"}}', '\ufeff'])(
    'malformed JSON %j → 400',
    async (body) => {
      const reply = await post(server.port, '/ask', body)
      expectProblem(reply, 400, 'malformed')
      expectDocumented('POST', '/ask', reply)
    },
  )

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=gbk',
    'application/jsonp',
    'application/vnd.api+json',
  ])('content type %s → 415', async (type) => {
    const reply = await send(server.port, 'POST', '/ask', {
      headers: type === undefined ? {} : { 'content-type': type },
      body: '{"question":"桥"}',
    })
    expectProblem(reply, 415, 'unsupported-type')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'content type %s is taken',
    async (type) => {
      expect((await post(server.port, '/ask', { question: '桥' }, { 'content-type': type })).status).toBe(200)
    },
  )

  test.each([
    ['GET', '/ask', 'POST'],
    ['PUT', '/search', 'POST'],
    ['DELETE', '/articles', 'GET, HEAD'],
    ['PATCH', '/articles/x', 'GET, HEAD'],
    ['OPTIONS', '/ask', 'POST'],
    ['DELETE', '/', 'GET, HEAD'],
  ])('%s %s → 405 with Allow', async (method, path, allow) => {
    const reply = await send(server.port, method, path)
    expectProblem(reply, 405, 'method-not-allowed')
    expect(reply.headers['allow']).toBe(allow)
  })

  test.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', /^text\/html/],
    ['application/json, text/html;q=0.1', /json/],
    ['text/html;q=0', /json/],
    ['*/*', /json/],
  ])('an article is the page or JSON as Accept would rather have: %s', async (accept, type) => {
    const id = JSON.parse((await get('/articles')).text).articles[0].id
    for (const path of [`/articles/${id}`, '/nothing'])
      expect((await get(path, { accept })).headers['content-type']).toMatch(type)
  })

  test('a POST is refused for its path or method before its type', async () => {
    const form = { 'content-type': 'text/plain' }
    expectProblem(await post(server.port, '/nothing', 'a', form), 404, 'not-found')
    expectProblem(await post(server.port, '/articles', 'a', form), 405, 'method-not-allowed')
  })

  test.each(['/nothing', '/ask/', '/articles/a/b', '/.env', '/api', '/ASK'])('%s → 404', async (path) => {
    expectProblem(await get(path), 404, 'not-found')
  })

  test('HEAD is answered like GET, without a body', async () => {
    const reply = await send(server.port, 'HEAD', '/healthz')
    expect(reply.status).toBe(200)
    expect(reply.text).toBe('')
  })
})

describe('the library', () => {
  test('articles come page by page, each once, in order', async () => {
    const whole = await get('/articles')
    expectDocumented('GET', '/articles', whole)
    const { articles, total: counted, next } = JSON.parse(whole.text)
    expect(counted).toBe(articles.length)
    expect(counted).toBeGreaterThanOrEqual(7)
    expect(next).toBeNull()
    const seen: unknown[] = []
    let cursor = ''
    do {
      const page = JSON.parse((await get(`/articles?limit=3${cursor}`)).text)
      seen.push(...page.articles)
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(seen).toEqual(articles)
  })

  test.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'cursor=nothing',
    'limit=1&limit=2',
  ])('/articles?%s → 422', async (query) => {
    expectProblem(await get(`/articles?${query}`), 422, 'invalid')
  })

  test('an article has the text of its paragraphs, which is the text of its ranges', async () => {
    const { articles } = JSON.parse((await get('/articles')).text)
    for (const { id, fileId, paragraphs } of articles) {
      const reply = await get(`/articles/${id}`)
      expectDocumented('GET', '/articles/{id}', reply)
      const article = JSON.parse(reply.text)
      expect(article.paragraphs).toHaveLength(paragraphs)
      const file = (await get(`/files/${fileId}`)).text
      for (const { text, ranges } of article.paragraphs) {
        const cut = ranges.map(([start, end]: [number, number]) => file.slice(start, end)).join('')
        expect(squeeze(cut)).toBe(squeeze(text))
      }
    }
  })

  test('the citation of an extract leads to its paragraph', async () => {
    const answer = await ask({ question: '青石桥重修总投资多少' })
    const { citation, text } = [...answer.extracts, ...answer.nearest][0] as Extract
    const [path, fragment] = citation.url.split('#')
    const article = JSON.parse((await get(path ?? '')).text)
    expect(fragment).toBe(`p${citation.paragraph}`)
    expect(squeeze(article.paragraphs[citation.paragraph - 1].text)).toContain(squeeze(text))
  })

  test('a file is its decoded text, in UTF-8, never to be sniffed', async () => {
    const { articles } = JSON.parse((await get('/articles')).text)
    const library = articles.find(({ file }: { file: string }) => file === '旧/图书馆.txt')
    const reply = await get(`/files/${library.fileId}`)
    expectDocumented('GET', '/files/{id}', reply)
    expect(reply.text).toMatch(/^图书馆延长开放时间\n从7月1日起/)
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
  })

  test('what has not changed is not sent again', async () => {
    const { articles } = JSON.parse((await get('/articles')).text)
    for (const path of [`/articles/${articles[0].id}`, `/files/${articles[0].fileId}`]) {
      const first = await get(path)
      const etag = String(first.headers['etag'])
      expect(etag).toMatch(/^"[\w.-]+"$/)
      const again = await get(path, { 'if-none-match': etag })
      expect(again.status).toBe(304)
      expect(again.text).toBe('')
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
    }
  })

  test('there are 404 for articles and files there are not', async () => {
    expectProblem(await get('/articles/0123456789abcdef-1'), 404, 'not-found')
    expectProblem(await get('/files/0123456789abcdef'), 404, 'not-found')
  })
})

const TRAVERSALS = [
  '..%2f..%2fpackage.json',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cpackage.json',
  '....//....//etc/passwd',
  '%252e%252e%252fetc%252fpasswd',
  '..%c0%af..%c0%afetc/passwd',
  '%00',
  'x%00.txt',
  'constructor',
  '__proto__',
  'file:%2f%2f%2fetc%2fpasswd',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  '~root',
  '.',
  '..',
  '%ff',
  '%',
  '0'.repeat(5000),
]

describe('paths that lead out lead nowhere', () => {
  test.each(TRAVERSALS.map((path) => [path.slice(0, 40), path]))('%s', async (_, path) => {
    for (const base of ['/articles/', '/files/', '/assets/', '/']) {
      const reply = await get(base + path)
      expect([200, 400, 404, 503]).toContain(reply.status)
      expect(reply.text).not.toMatch(/root:|"chuchu"|\n\s+at /)
      if (reply.status >= 400) expect(reply.headers['content-type']).toMatch(/problem\+json/)
    }
  })
})

describe('every reply', () => {
  test('has the safe headers and a request id, taken over when it is harmless', async () => {
    for (const path of ['/healthz', '/nothing', '/docs', '/articles']) {
      const { headers } = await get(path, { 'x-request-id': 'abc-123' })
      expect(headers['x-request-id']).toBe('abc-123')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['referrer-policy']).toBeDefined()
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['x-powered-by']).toBeUndefined()
    }
    const odd = await get('/healthz', { 'x-request-id': 'a b<script>' })
    expect(odd.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
  })

  test('leaves one line in the log, without the question above debug', async () => {
    const before = server.lines.length
    await post(server.port, '/ask', { question: '桥长多少米\n换行' }, { 'x-request-id': 'logged' })
    const lines = server.lines.slice(before).map((line) => JSON.parse(line))
    const request = lines.filter(({ event }) => event === 'request')
    expect(request).toHaveLength(1)
    expect(request[0]).toMatchObject({
      level: 'info',
      requestId: 'logged',
      method: 'POST',
      path: '/ask',
      status: 200,
    })
    for (const line of lines) if (line.level !== 'debug') expect(JSON.stringify(line)).not.toContain('桥长')
  })
})

describe('about the server', () => {
  test('/healthz and /readyz', async () => {
    const health = await get('/healthz')
    expectDocumented('GET', '/healthz', health)
    const ready = await get('/readyz')
    expectDocumented('GET', '/readyz', ready)
    expect(ready.json()).toMatchObject({
      status: 'ready',
      index: { state: 'ready', info: { articles: total } },
      feedback: false,
    })
    const { builtAt } = ready.json()['index'] as { builtAt: string }
    expect(Math.abs(Date.now() - Date.parse(builtAt))).toBeLessThan(600_000)
  })

  test('/metrics counts by route pattern, never by path', async () => {
    await get('/articles/0123456789abcdef-1')
    const reply = await get('/metrics')
    expectDocumented('GET', '/metrics', reply)
    expect(reply.text).toContain(
      'chuchu_http_request_duration_seconds_count{route="/articles/:id",method="GET",status="404"}',
    )
    expect(reply.text).not.toContain('0123456789abcdef')
    expect(reply.text).toMatch(/chuchu_answers_total\{outcome="\w+"\} \d/)
    expect(reply.text).toContain(`\nchuchu_index_articles ${total}\n`)
  })

  test('/docs is a page without scripts whose every link inside leads somewhere', async () => {
    const reply = await get('/docs')
    expectDocumented('GET', '/docs', reply)
    expect(reply.text).not.toMatch(/<script|\son\w+=|style=/i)
    expect(reply.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    const ids = new Set([...reply.text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
    for (const [, target] of reply.text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
    for (const problem of ['overloaded', 'rate-limited', 'building']) expect(ids).toContain(problem)
    expect((await get('/docs/style.css')).headers['content-type']).toMatch(/^text\/css/)
  })
})
