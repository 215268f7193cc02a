import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ANSWERED, DIFFERING, REFUSED } from './corpus.ts'
import type { Site } from './site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"

/** Rules broken on what is on the screen, each with where. */
const broken = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(
    `axe.run(document, ${RULES}).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ' ' + node.html.slice(0, 120))))`,
  )
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** Controls smaller than a finger; links within a line of text are exempt. */
const SMALL = `[...document.querySelectorAll('button, input, select, textarea, summary, a.cite, .top a')]
  .filter((each) => each.checkVisibility() && !each.matches('.skip') && each.getBoundingClientRect().height < 44)
  .map((each) => each.outerHTML.slice(0, 100))`

/** Buttons whose word of four signs or fewer is broken over lines. */
const BROKEN = `[...document.querySelectorAll('button')]
  .filter((each) => each.checkVisibility() && each.innerText.trim().length <= 4)
  .filter((each) => {
    const range = document.createRange()
    return [...each.childNodes].some((node) => {
      range.selectNode(node)
      return node.nodeType === Node.TEXT_NODE && range.getClientRects().length > 1
    })
  })
  .map((each) => each.outerHTML.slice(0, 100))`

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }

/** Every screen there is, each reached as a reader would. */
const SCREENS: Readonly<Record<string, (site: Site, page: Page) => Promise<void>>> = {
  empty: (_, page) => page.waitForSelector('.samples button').then(() => undefined),
  answered: (site, page) => site.ask(page, ANSWERED),
  refused: (site, page) => site.ask(page, REFUSED),
  source: async (site, page) => {
    await site.ask(page, ANSWERED)
    await page.locator('a.cite').first().click()
    await page.waitForSelector('.pane [data-quote]')
  },
  file: async (site, page) => {
    await SCREENS['source']?.(site, page)
    await page.getByRole('button', { name: '原文件' }).click()
    await page.getByRole('button', { name: '复核引文' }).click()
    await page.waitForSelector('.held')
  },
  limits: async (_, page) => {
    await page.getByRole('button', { name: '限定范围' }).click()
  },
  'a wrong date': async (site, page) => {
    await SCREENS['limits']?.(site, page)
    await page.locator('input[name=from]').fill('5/1')
    await page.locator('input[name=from]').blur()
    await page.locator('.field.from .fault', { hasText: '日期' }).waitFor()
  },
  suggestions: async (_, page) => {
    await page.locator('#question').pressSequentially('dalian')
    await page.waitForSelector('.suggestions')
    await page.keyboard.press('ArrowDown')
    await page.waitForSelector('[role=option][aria-selected=true]')
  },
  articles: async (site, page) => {
    await page.goto(`${site.url}/?articles=`)
    await page.waitForSelector('.rows li')
  },
  'suggestions of articles': async (site, page) => {
    await SCREENS['articles']?.(site, page)
    await page.locator('input[name=find]').pressSequentially('dalian')
    await page.waitForSelector('.suggestions')
    await page.keyboard.press('ArrowDown')
    await page.waitForSelector('[role=option][aria-selected=true]')
  },
  index: async (site, page) => {
    await SCREENS['articles']?.(site, page)
    await page.locator('.index summary').click()
    await page.getByRole('button', { name: '重新建立索引' }).press('Enter')
    await page.getByText('文件没有变化，不用重新建立').waitFor()
  },
  renewing: async (site, page) => {
    const status = (await (await fetch(`${site.url}/index`)).json()) as object
    const building = { stage: 'embed', done: 30, total: 120, percent: 25 }
    await page.route('**/index', (route) => route.fulfill({ json: { ...status, changed: true, building } }))
    await page.goto(`${site.url}/?articles=`)
    await page.waitForSelector('.index progress')
    await page.waitForSelector('.rows li')
  },
  article: async (site, page) => {
    await SCREENS['articles']?.(site, page)
    await page.getByLabel('在题目、作者').fill('图书馆')
    await page.locator('.rows li > a').first().click()
    await page.waitForSelector('.alone .reading')
  },
  history: async (site, page) => {
    await site.ask(page, ANSWERED)
    await page.getByRole('link', { name: '记录' }).click()
    await page.waitForSelector('.past')
    await page.getByRole('button', { name: '全部删除' }).click()
  },
  display: async (_, page) => {
    await page.getByRole('button', { name: '显示' }).click()
    await page.getByRole('button', { name: '繁體' }).waitFor()
  },
  pieces: async (site, page) => {
    await SCREENS['source']?.(site, page)
    await page.locator('.stands summary').click()
    await page.locator('.stands li').first().waitFor()
  },
  judged: async (site, page) => {
    await site.ask(page, ANSWERED)
    await site.ask(page, REFUSED)
    await page.getByRole('button', { name: '答非所问' }).first().click()
    await page.getByText('只存在这台服务器上').first().waitFor()
  },
  differing: async (site, page) => {
    await site.ask(page, DIFFERING)
    await page.waitForSelector('.differing')
  },
  shortcuts: async (_, page) => {
    await page.keyboard.press('Control+/')
    await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  },
  failed: async (site, page) => {
    await page.context().setOffline(true)
    await site.ask(page, ANSWERED)
  },
}

/** Keyboard, small screens, assistive technology. */
export const reach = (site: () => Site): void => {
  for (const [name, visit] of Object.entries(SCREENS)) {
    test(`no rule of accessibility is broken, light or dark: ${name}`, async () => {
      const page = await site().open('/', { colorScheme: 'light', reducedMotion: 'reduce' })
      await visit(site(), page)
      expect(await broken(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await broken(page)).toEqual([])
      await page.context().close()
    })

    test(`on 320 pixels nothing scrolls sideways, breaks its word or is too small for a finger: ${name}`, async () => {
      const page = await site().open('/', PHONE)
      await visit(site(), page)
      expect(await overflow(page)).toBe(0)
      expect(await page.evaluate<string[]>(SMALL)).toEqual([])
      expect(await page.evaluate<string[]>(BROKEN)).toEqual([])
      const size = await page.evaluate<string>(
        "getComputedStyle(document.querySelector('textarea, input')).fontSize",
      )
      expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(16)
      await page.context().close()
    })
  }

  test('no rule of accessibility is broken where there is no page', async () => {
    const page = await site().open('/foo', PHONE)
    expect(await broken(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await broken(page)).toEqual([])
    expect(await page.evaluate<string[]>(SMALL)).toEqual([])
    await page.context().close()
  })

  test('on a phone the source lies over the conversation, which is out of reach until it closes', async () => {
    const page = await site().open('/', PHONE)
    await SCREENS['source']?.(site(), page)
    const box = await page.getByRole('dialog', { name: '出处' }).boundingBox()
    expect([box?.x, box?.width]).toEqual([0, 320])
    expect(await page.locator('.column').evaluate((column) => column.hasAttribute('inert'))).toBe(true)
    await page.goBack()
    await page.waitForSelector('.pane', { state: 'detached' })
    await page.context().close()
  })

  test('the whole task is done with the keyboard alone, and the focus comes back', async () => {
    const page = await site().open()
    const focused = () =>
      page.evaluate<string>('document.activeElement.className || document.activeElement.id')
    const tabTo = async (wanted: string) => {
      for (let i = 0; i < 40 && (await focused()) !== wanted; i++) await page.keyboard.press('Tab')
      expect(await focused()).toBe(wanted)
    }
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('question')
    await page.keyboard.type('第一行')
    await page.keyboard.press('Shift+Enter')
    expect(await page.inputValue('#question')).toBe('第一行\n')
    await page.keyboard.press('Control+a')
    await page.keyboard.type(ANSWERED)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.extracts')
    expect(await focused()).toBe('question')
    await page.keyboard.press('ArrowUp')
    expect(await page.inputValue('#question')).toBe(ANSWERED)
    await page.evaluate("document.querySelector('.question').scrollIntoView(); document.activeElement.blur()")
    await tabTo('cite')
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.pane [data-quote]')
    expect(await focused()).toBe('pane')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.pane .file')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.pane', { state: 'detached' })
    expect(await focused()).toBe('cite')
    await page.keyboard.press('Control+k')
    expect(await focused()).toBe('question')
    await page.context().close()
  })

  test('the list of keys opens and closes by a key, holds the focus and gives it back', async () => {
    const page = await site().open()
    await SCREENS['source']?.(site(), page)
    const dialog = page.getByRole('dialog', { name: '快捷键' })
    const inside = () => dialog.evaluate((list) => list.contains(list.ownerDocument.activeElement))
    await page.locator('#question').focus()
    await page.keyboard.press('Control+/')
    await dialog.waitFor()
    for (const keys of ['Enter', 'Shift + Enter', 'Ctrl / ⌘ + K', 'Esc', 'Ctrl / ⌘ + Shift + C'])
      expect(await dialog.innerText()).toContain(keys)
    expect(await inside()).toBe(true)
    await page.keyboard.press('Control+k')
    expect(await inside()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.locator('.pane').count()).toBe(1)
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('question')
    const opener = page.getByRole('button', { name: '快捷键' })
    await opener.click()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(await opener.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
    await page.goto(`${site().url}/?articles=`)
    await page.waitForSelector('.rows li')
    await page.keyboard.press('Control+k')
    expect(await page.evaluate<string>('document.activeElement.name')).toBe('find')
    await page.context().close()
  })

  test('what comes is read out: the conversation is a live log in Chinese', async () => {
    const page = await site().open()
    const log = page.getByRole('log', { name: '问答' })
    expect(await log.getAttribute('aria-live')).toBe('polite')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await site().ask(page, ANSWERED)
    expect(await log.locator('blockquote').count()).toBeGreaterThan(0)
    await page.context().close()
  })

  test('the theme follows the system until another is chosen, and the choice stays', async () => {
    const page = await site().open('/', { colorScheme: 'dark' })
    const paper = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
    const dark = await paper()
    const choose = async (theme: string) => {
      await page.getByRole('button', { name: '显示' }).click()
      await page.getByRole('group', { name: '明暗' }).getByRole('button', { name: theme }).click()
      await page.keyboard.press('Escape')
    }
    await choose('浅色')
    await expect.poll(paper).not.toBe(dark)
    await page.reload()
    await page.waitForSelector('header.top')
    await expect.poll(paper).not.toBe(dark)
    await choose('深色')
    await expect.poll(paper).toBe(dark)
    await page.context().close()
  })
}
