// How much does the page weigh, how soon is it there, how smoothly does it move?
// In a real Chromium, over loopback, on a server started for it with the seeds.
//   npx tsx bench/page.ts     (needs npm run build; CHROMIUM is the path of a browser that is not found)
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page, Route } from 'playwright-core'
import { obstacle, openSite, type Site } from '../tests/web/site.ts'

/** Cold loads, and openings of a source, of which the median and the worst are told. */
const ROUNDS = 10
const ARTICLES = 10_000
const CHARACTERS = 500_000
const PARAGRAPH = 250
const QUESTION = '大连公交专用道设置比例达到多少？'

const tell = (what: string, values: readonly number[], unit = 'ms'): void => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)
  console.log(`${what}: median ${at(0.5)} ${unit}, worst of ${sorted.length} ${at(1)} ${unit}`)
}

/** Milliseconds after the start of the navigation. */
interface Load {
  readonly painted: number
  /** The end of the last task of more than 50 ms, or the first paint when there was none after it. */
  readonly interactive: number
  readonly scripts: readonly string[]
}

const LOAD = `new Promise((resolve) => {
  const ends = []
  new PerformanceObserver((list) => ends.push(...list.getEntries().map((e) => e.startTime + e.duration)))
    .observe({ type: 'longtask', buffered: true })
  setTimeout(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0].startTime
    const scripts = performance.getEntriesByType('resource').map((e) => e.name).filter((name) => name.endsWith('.js'))
    resolve({ painted, interactive: Math.max(painted, ...ends), scripts })
  }, 500)
})`

/** Each with an empty cache, until the sample questions are there. */
const coldLoads = async (site: Site): Promise<void> => {
  const loads: Load[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const page = await site.open()
    await page.waitForSelector('.samples button')
    loads.push(await page.evaluate<Load>(LOAD))
    await page.context().close()
  }
  const scripts = loads[0]?.scripts ?? []
  const sizes = scripts.map((url) => gzipSync(readFileSync(`web/dist/assets/${basename(url)}`)).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`script of a cold load: ${(total / 1000).toFixed(1)} kB (gzip) in ${scripts.length} file`)
  tell(
    'first paint',
    loads.map(({ painted }) => painted),
  )
  tell(
    'interactive',
    loads.map(({ interactive }) => interactive),
  )
}

/** From the press on a citation until its passage is highlighted. */
const OPEN = `new Promise((resolve) => {
  const start = performance.now()
  document.querySelector('a.cite').click()
  const look = () => document.querySelector('.pane [data-quote]') && CSS.highlights.get('quote')?.size > 0
    ? resolve(performance.now() - start) : requestAnimationFrame(look)
  look()
})`

const openings = async (site: Site): Promise<void> => {
  const page = await site.open()
  await site.ask(page, QUESTION)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    times.push(await page.evaluate<number>(OPEN))
    await page.keyboard.press('Escape')
    await page.waitForSelector('.pane', { state: 'detached' })
  }
  tell('from the citation to the highlighted passage', times)
  await page.context().close()
}

/** Begins to note how long each frame takes, and each key from its press until what it changed has been drawn. */
const WATCH = `if (globalThis.seen === undefined) {
  let last = performance.now()
  const frame = (now) => { seen.frames.push(now - last); last = now; requestAnimationFrame(frame) }
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame) })
  addEventListener('input', ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => seen.keys.push(performance.now() - timeStamp)
    port2.postMessage(null)
  }))
}
globalThis.seen = { frames: [], keys: [] }`

const watched = async (page: Page, what: string, move: () => Promise<void>): Promise<void> => {
  await page.evaluate(WATCH)
  await move()
  const seen = await page.evaluate<{ frames: number[]; keys: number[] }>('seen')
  const frames = seen.frames.sort((a, b) => a - b)
  const p99 = frames[Math.floor((frames.length - 1) * 0.99)] ?? 0
  const slowest = Math.max(...seen.keys)
  const keyed = seen.keys.length === 0 ? '' : `; slowest of ${seen.keys.length} keys ${slowest.toFixed(0)} ms`
  console.log(
    `${what}: ${frames.length} frames, p99 ${p99.toFixed(0)} ms, longest ${(frames.at(-1) ?? 0).toFixed(0)} ms${keyed}`,
  )
}

/** Turns of the wheel, then to the very end and back. */
const scroll = (page: Page) => async (): Promise<void> => {
  for (let turn = 0; turn < 150; turn++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(16)
  }
  for (const key of ['End', 'Home']) {
    await page.keyboard.press(key)
    await page.waitForTimeout(500)
  }
}

/** The question never comes back while something else is typed. */
const typing = async (site: Site): Promise<void> => {
  const page = await site.open()
  await site.ask(page, QUESTION)
  await page.route('**/ask', () => undefined)
  await page.fill('#question', QUESTION)
  await page.press('#question', 'Enter')
  await page.waitForSelector('.skeleton')
  await watched(page, 'typing while an answer is on its way', () =>
    page.keyboard.type('typing goes on, whatever the server does. '.repeat(3), { delay: 20 }),
  )
  await page.context().close()
}

const row = (i: number) => ({
  id: `row-${i}`,
  title: `第${i}篇文章的题目，长短和报纸上的差不多`,
  date: `20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10}`,
  byline: '本报记者 方晓',
  source: '鹿鸣日报',
  section: null,
  file: `${i}.txt`,
  fileId: `file-${i}`,
  paragraphs: 9,
})

/** The list as the server would give it, a thousand rows at a time. */
const giveRows = (route: Route): Promise<void> => {
  const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0)
  const articles = Array.from({ length: 1000 }, (_, i) => row(from + i))
  const next = from + 1000 < ARTICLES ? String(from + 1000) : null
  return route.fulfill({ json: { articles, total: ARTICLES, next } })
}

const list = async (site: Site): Promise<void> => {
  const page = await site.open()
  await page.route('**/articles?*', giveRows)
  await page.goto(`${site.url}/?articles=`)
  await page.getByText(`共 ${ARTICLES} 篇`).waitFor()
  await page.mouse.move(600, 600)
  await watched(page, `scrolling a list of ${ARTICLES} articles`, scroll(page))
  await page.getByLabel('在题目、作者').focus()
  await watched(page, 'searching it', () => page.keyboard.type('9876', { delay: 100 }))
  await page.context().close()
}

/** An article that is its whole file, line by line. */
const longArticle = () => {
  const line = '第一天，工人们沿着河岸走了一里路，清点了每一棵树。'
  const paragraphs = Array.from({ length: CHARACTERS / PARAGRAPH }, (_, i) => {
    const text = `${i}${line.repeat(PARAGRAPH / line.length + 1)}`.slice(0, PARAGRAPH)
    const start = i * (PARAGRAPH + 1)
    return { n: i + 1, text, ranges: [[start, start + PARAGRAPH]] }
  })
  const file = paragraphs.map(({ text }) => `${text}\n`).join('')
  const nothing = { titleRanges: [], subtitle: null, subtitleRanges: [], bylineRanges: [] }
  return { file, article: { ...row(1), ...nothing, fileSha256: '', paragraphs } }
}

const long = async (site: Site): Promise<void> => {
  const { file, article } = longArticle()
  const page = await site.open()
  await page.route(/\/(articles|files)\/(row|file)-1/, (route) => {
    if (route.request().isNavigationRequest()) return route.continue()
    return route.request().url().includes('/files/')
      ? route.fulfill({ contentType: 'text/plain; charset=utf-8', body: file })
      : route.fulfill({ json: article })
  })
  await page.mouse.move(600, 600)
  for (const [as, shown] of [
    ['article', '.reading'],
    ['file', '.file'],
  ] as const) {
    await page.goto(`${site.url}/articles/row-1?as=${as}`)
    await page.waitForSelector(shown)
    await watched(page, `scrolling ${CHARACTERS} characters as ${as}`, scroll(page))
  }
  await page.context().close()
}

const why = obstacle()
if (why !== null) throw new Error(why)
const site = await openSite({})
try {
  await coldLoads(site)
  await openings(site)
  await typing(site)
  await list(site)
  await long(site)
} finally {
  await site.close()
}
