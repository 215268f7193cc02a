import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where a browser of the system may be. */
const BROWSERS = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Why the tests in a browser cannot run; null when they can. */
export const obstacle = (): string | null => {
  if (!BROWSERS.some((path) => path !== '' && existsSync(path)))
    return 'no Chromium found; set CHROMIUM to its path'
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) return 'the server is not built; run npm run build'
  if (!existsSync(join(ROOT, 'web/dist/index.html'))) return 'the page is not built; run npm run build'
  return null
}

/** The real server over the seeds and further articles, and a browser to look at it. */
export interface Site {
  /** Holds the corpus and the index; goes with the site. */
  readonly folder: string
  readonly url: string
  /** A page of its own: nothing is shared between two tests. An address is below the site, or whole. */
  readonly open: (address?: string, options?: BrowserContextOptions) => Promise<Page>
  readonly ask: (page: Page, question: string) => Promise<void>
  /** A page that was saved, opened from the disk in a browser without a network; nothing of it is watched. */
  readonly openSaved: (html: string) => Promise<Page>
  /** Text of a file of the corpus, as the server read it. */
  readonly file: (id: string) => Promise<string>
  /** Hosts that any page asked beside its own, dialogs that opened, breaches of the policy, scripts that failed. */
  readonly seen: { readonly strangers: Set<string>; readonly faults: string[] }
  readonly stop: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts the server with an index of its own and waits until it can answer. */
export const openSite = async (articles: Readonly<Record<string, string>>): Promise<Site> => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-page-'))
  writeCorpus(join(folder, 'corpus'), articles)
  const server = startServer(folder)
  const url = await addressOf(server)
  const executablePath = BROWSERS.find((path) => path !== '' && existsSync(path)) ?? ''
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  await untilReady(url, server)
  const seen = { strangers: new Set<string>(), faults: [] as string[] }
  const stop = () => stopServer(server)
  return {
    folder,
    url,
    seen,
    open: (address, options) => openPage(browser, url, seen, address, options),
    openSaved: (html) => openSaved(browser, join(folder, 'saved.html'), html),
    ask: askOn,
    file: async (id) => (await fetch(`${url}/files/${id}`)).text(),
    stop,
    close: async () => {
      await Promise.all([browser.close(), stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const writeCorpus = (folder: string, articles: Readonly<Record<string, string>>): void => {
  mkdirSync(folder)
  for (const name of readdirSync(join(ROOT, 'seeds')).filter((each) => each.endsWith('.txt')))
    cpSync(join(ROOT, 'seeds', name), join(folder, name))
  for (const [name, text] of Object.entries(articles)) writeFileSync(join(folder, name), text)
}

const startServer = (folder: string): ChildProcess =>
  spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'serve'], {
    cwd: ROOT,
    env: {
      ...process.env,
      CHUCHU_CORPUS: join(folder, 'corpus'),
      CHUCHU_INDEX: join(folder, 'index'),
      CHUCHU_PORT: '0',
      CHUCHU_LOG: 'warn',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })

/** The server says on stderr where it listens. */
const addressOf = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (part: Buffer) => {
      said += part.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    })
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })

const untilReady = async (url: string, server: ChildProcess): Promise<void> => {
  while (!(await fetch(`${url}/readyz`)).ok) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const stopServer = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null) return resolve()
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })

const openPage = async (
  browser: Browser,
  url: string,
  seen: Site['seen'],
  address = '/',
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  context.setDefaultTimeout(20_000)
  const whole = address.startsWith('http') ? address : url + address
  watch(context, seen, new URL(whole).host)
  await context.addInitScript(
    "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))",
  )
  const page = await context.newPage()
  await page.goto(whole)
  await page.waitForSelector('header.top')
  return page
}

const openSaved = async (browser: Browser, path: string, html: string): Promise<Page> => {
  writeFileSync(path, html)
  const context = await browser.newContext({ offline: true })
  const page = await context.newPage()
  await page.goto(`file://${path}`)
  await page.waitForSelector('#outcome:is(.held, .failed)')
  return page
}

/** Status codes that a test asked for are no fault; the browser reports them as if they were. */
const EXPECTED = /status of [45]\d\d|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED/

const watch = (context: BrowserContext, seen: Site['seen'], own: string): void => {
  context.on('request', (request) => {
    const { host, protocol } = new URL(request.url())
    if (protocol !== 'blob:' && host !== own) seen.strangers.add(host)
  })
  context.on('dialog', (dialog) => {
    seen.faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('weberror', (error) => seen.faults.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) seen.faults.push(message.text())
  })
}

const askOn = async (page: Page, question: string): Promise<void> => {
  await page.fill('#question', question)
  await page.press('#question', 'Enter')
  await page.waitForSelector('.turn:last-child[aria-busy="false"]')
}
