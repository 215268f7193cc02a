import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { obstacle } from './site.ts'

/** Bytes, gzipped: what a cold load may weigh (docs/page.md). */
const MOST = 60 * 1024

const why = obstacle()
const dist = (path: string): Buffer => readFileSync(new URL(`../../web/dist/${path}`, import.meta.url))

test.skipIf(why !== null)(
  'the first load stays light: the schemas lend the page their types and no code',
  () => {
    const script = /<script[^>]+src="\.\/([^"]+)"/.exec(dist('index.html').toString())?.[1] ?? ''
    const code = dist(script)
    expect(code.toString()).not.toMatch(/ZodError|invalid_type|openapi/)
    expect(gzipSync(code).length).toBeLessThan(MOST)
  },
)
