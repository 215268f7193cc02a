import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../src/config.ts'
import { PROBLEMS } from '../src/http/problems.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const readme = read('README.md')
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true }).map((name) => join('docs', String(name))),
].filter((name) => name.endsWith('.md'))
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts

describe('the documents', () => {
  test.each(Object.values(SETTINGS))(
    'the README lists $env with its default $default',
    ({ env, default: value }) => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${env}\``))
      expect(row).toBeDefined()
      expect(row).toContain(`\`${value}\``)
    },
  )

  test.each(['index', 'serve', 'ask', 'search', 'verify', 'doctor', 'feedback', 'eval'])(
    'the README explains chuchu %s',
    (command) => {
      expect(readme).toMatch(new RegExp(`chuchu(?: --)? ${command}\\b|\`${command}\\b`))
    },
  )

  test('every error code is explained in docs/errors.md', () => {
    const codes = [...read('src/core/errors.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map((match) => match[1] ?? '')
    expect(codes.length).toBeGreaterThan(10)
    for (const code of codes) expect(read('docs/errors.md')).toContain(`\`${code}\``)
  })

  test('docs/errors.md lists the problem types there are, each with its status, and no others', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)]
    const documented = rows.map(([, type, status]) => `${type} ${status}`)
    const known = Object.entries(PROBLEMS).map(([type, { status }]) => `${type} ${status}`)
    expect(documented.sort()).toEqual(known.sort())
  })

  test('every problem type is sent by some line of the server', () => {
    const server = readdirSync('src/http')
      .filter((name) => !['problems.ts', 'routes.ts'].includes(name))
      .map((name) => read(join('src/http', name)))
    const mapped = read('src/http/problems.ts').split('const TYPE_OF_STATUS')[1] ?? ''
    const code = [...server, mapped].join('\n')
    for (const type of Object.keys(PROBLEMS)) expect(code).toContain(`'${type}'`)
  })

  test('every npm script that is named exists', () => {
    for (const page of pages) {
      for (const [, name] of read(page).matchAll(/npm run ([\w:]+)/g))
        expect(scripts, `${page}: npm run ${name}`).toHaveProperty(name ?? '')
    }
  })

  test('every link to a file leads to one', () => {
    for (const page of pages) {
      for (const [, target] of read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
        expect(existsSync(join(dirname(page), target ?? '')), `${page} → ${target}`).toBe(true)
      }
    }
  })

  test('every bench that is named exists', () => {
    for (const page of pages) {
      for (const [path] of read(page).matchAll(/bench\/[\w-]+\.ts/g))
        expect(existsSync(path), `${page}: ${path}`).toBe(true)
    }
  })
})
