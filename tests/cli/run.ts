import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** When the newest file below a folder was written; 0 when there is none. */
const newest = (folder: string): number => {
  try {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
    return Math.max(0, ...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs))
  } catch {
    return 0
  }
}

/** What was built, when it is of these sources: it starts in half the time. */
const entry: readonly string[] =
  newest('dist') > newest('src')
    ? [join(root, 'dist/cli/main.js')]
    : ['--import', 'tsx', join(root, 'src/cli/main.ts')]
const running = new Set<ChildProcessWithoutNullStreams>()
const made: string[] = []

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder that goes when the tests of the file have ended; or a copy of one. */
export const temporary = (copyOf?: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-cli-'))
  made.push(folder)
  if (copyOf !== undefined) cpSync(copyOf, folder, { recursive: true })
  return folder
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly out: () => string
  readonly err: () => string
  /** Exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Waits until stderr matches. */
  readonly says: (form: RegExp) => Promise<RegExpExecArray>
}

/** Only what is named here reaches the process, and the settings it is given. */
const plainEnv = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: tmpdir() }

/** Starts `chuchu` from the sources, in the project's folder. */
export const start = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Started => {
  const child = spawn(process.execPath, [...entry, ...args], {
    cwd: root,
    env: { ...plainEnv, ...env },
  })
  running.add(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve(code ?? signal ?? '')
    })
  })
  const says = async (form: RegExp): Promise<RegExpExecArray> => {
    for (const end = performance.now() + 60_000; performance.now() < end; await sleep(20)) {
      const match = form.exec(err)
      if (match) return match
      if (child.exitCode !== null) break
    }
    throw new Error(`${args.join(' ')} never said ${form}:\n${err}`)
  }
  return { child, out: () => out, err: () => err, ended, says }
}

/** Runs `chuchu` to its end. */
export const run = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
) => {
  const started = start(args, env, input)
  const code = await started.ended
  return { code, out: started.out(), err: started.err() }
}

/** Starts `chuchu serve` on a port of its own and waits until it listens. */
export const serve = async (env: Readonly<Record<string, string>>) => {
  const started = start(['serve'], { CHUCHU_PORT: '0', ...env })
  const [, url = ''] = await started.says(/^出处 (http:\S+)$/m)
  const ready = async (): Promise<Record<string, unknown>> => {
    for (const end = performance.now() + 90_000; performance.now() < end; await sleep(50)) {
      const response = await fetch(`${url}/readyz`).catch(() => null)
      if (response?.status === 200) return (await response.json()) as Record<string, unknown>
      await response?.body?.cancel()
    }
    throw new Error(`never ready:\n${started.err()}`)
  }
  const ask = (question: string): Promise<Response> =>
    fetch(`${url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question, top: 20 }),
    })
  return { ...started, url, ready, ask }
}
