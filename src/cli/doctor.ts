import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { countFiles } from '../core/files.ts'
import { walk } from '../corpus/folder.ts'
import { readTable } from '../corpus/repair/continuation.ts'
import { readWhole } from '../index/disk.ts'
import { folderOf, readCurrent, verifyGeneration } from '../index/generations.ts'
import { unpackCorpus } from '../index/layout.ts'
import type { Manifest } from '../index/manifest.ts'
import { readCalibrations } from '../models/calibration.ts'
import { describeModel, verifyModel } from '../models/folder.ts'
import { fingerprintOf } from './build.ts'
import type { Settings } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** One thing that was looked at; `fix` says what to do when it is not well. */
interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly fix: string | null
}

/** Bytes; an index of 10,000 passages takes 50 MB, and two are on the disk while one is built. */
const ROOM = 200 * 2 ** 20

/** Looks at everything `chuchu serve` needs. @returns whether all is well */
export const doctor = async (
  settings: Settings,
  flags: { readonly json?: boolean },
  terminal: Terminal,
): Promise<boolean> => {
  const findings: Finding[] = []
  for (const check of checksOf(settings)) {
    const finding = await check()
    findings.push(finding)
    if (!flags.json) terminal.out(line(finding))
  }
  const ok = findings.every((finding) => finding.ok)
  if (flags.json) terminal.out(`${JSON.stringify({ ok, findings })}\n`)
  return ok
}

const line = ({ name, ok, detail, fix }: Finding): string =>
  `${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(18)} ${detail}\n${ok || fix === null ? '' : `     ${'fix:'.padEnd(18)} ${fix}\n`}`

const checksOf = ({ config, folders }: Settings): readonly (() => Finding | Promise<Finding>)[] => [
  () => look('Node', NODE_FIX, () => nodeVersion()),
  ...['nodejieba', 'hnswlib-node', 'onnxruntime-node'].map(
    (name) => () => look(name, 'npm ci   (needs g++, make and python3)', () => loads(name)),
  ),
  () => look('embedder', MODEL_FIX, () => model(config, config.embedder, 'embedder')),
  ...(config.reader === 'none'
    ? []
    : [() => look('reader', MODEL_FIX, () => model(config, config.reader, 'reader'))]),
  () => look('continuation', MODEL_FIX, () => continuation()),
  () => look('calibration', MODEL_FIX, () => calibration(config)),
  () =>
    look('articles', 'put .txt, .md, .html or .jsonl files there, or set CHUCHU_CORPUS', () =>
      articles(folders),
    ),
  () => look('index', 'chuchu index', () => generation(config, folders)),
  () => look('disk', 'free some space, or set CHUCHU_INDEX to another disk', () => disk(config.index)),
  () => look('page', 'npm run build', () => page()),
  () => look('port', 'stop what holds it, or set CHUCHU_PORT to another', () => port(config)),
]

const NODE_FIX = 'install Node 20.20 or later (https://nodejs.org)'
const MODEL_FIX = 'git checkout -- models'

/** A check that throws has failed; its message says why. */
const look = async (name: string, fix: string, check: () => string | Promise<string>): Promise<Finding> => {
  try {
    return { name, ok: true, detail: await check(), fix: null }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error), fix }
  }
}

const nodeVersion = (): string => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 20)) throw new Error(`${process.version} is too old`)
  return process.version
}

/** In a process of its own: native code that does not fit can end the one it is loaded into. */
const loads = (name: string): string => {
  const here = fileURLToPath(import.meta.url)
  const code = `require('node:module').createRequire(${JSON.stringify(here)})(${JSON.stringify(name)})`
  const { status, signal, stderr } = spawnSync(process.execPath, ['-e', code], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  if (status === 0) return 'loads'
  const why = /^\w*Error: .*$/m.exec(stderr)?.[0] ?? signal ?? `exit code ${status}`
  throw new Error(`does not load: ${why}`)
}

const model = (config: Config, name: string, kind: 'embedder' | 'reader'): string => {
  if (name.includes('/')) return `${name} is fetched from Hugging Face when it is first used`
  const folder = describeModel(config.models, name, kind)
  verifyModel(folder)
  return `${folder.id}, every file as in SHA256SUMS`
}

/** What every build reads newspaper pages with. */
const continuation = (): string => `table of ${readTable().length} bytes, as in SHA256SUMS`

const calibration = (config: Config): string => {
  const { fitted } = readCalibrations(config.models, config.embedder, config.reader)
  const pair = `${config.embedder} and ${config.reader === 'none' ? 'rules' : config.reader}`
  return fitted ? `for ${pair}` : `of other models than ${pair}: take confidence for a guess`
}

const articles = (folders: readonly string[]): string => {
  const counts = folders.map((folder) => {
    const { found, warnings } = walk(folder)
    if (found.length === 0) throw new Error(`no articles in ${folder}`)
    const left = warnings.length > 0 ? `, ${warnings.length} remarks (chuchu index prints them)` : ''
    return `${found.length} files to read in ${folder}${left}`
  })
  return counts.join('; ')
}

const generation = (config: Config, folders: readonly string[]): string => {
  const current = readCurrent(config.index)
  if (!current) throw new Error(`there is none in ${config.index}`)
  const manifest = verifyGeneration(config.index, current.generation)
  const remote = config.embedder.includes('/')
  if (!remote && describeModel(config.models, config.embedder, 'embedder').id !== manifest.embedder)
    throw new Error(`it was built with ${manifest.embedder}, not with ${config.embedder}`)
  if (current.fingerprint !== fingerprintOf(folders))
    throw new Error('the articles have changed since it was built')
  const { articles: number, passages } = manifest.counts
  const files = `${countIndexed(config.index, manifest)} of ${countFound(folders)} files`
  return `generation ${manifest.id}: ${files}, ${number} articles, ${passages} passages, every file as in its manifest`
}

const countFound = (folders: readonly string[]): number =>
  folders.reduce((sum, folder) => sum + walk(folder).found.length, 0)

/** Fewer than were found: copies, and files that hold no text or cannot be read, are left out with a warning. */
const countIndexed = (index: string, { id, counts }: Manifest): number =>
  countFiles(unpackCorpus(readWhole(join(folderOf(index, id), 'corpus.jsonl')), counts).files)

const disk = (index: string): string => {
  let folder = resolve(index)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const text = `${Math.floor((bavail * bsize) / 2 ** 20)} MB free at ${folder}`
  if (bavail * bsize < ROOM) throw new Error(`only ${text}`)
  return text
}

const page = (): string => {
  const path = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url))
  if (!existsSync(path)) throw new Error('web/dist is not there: the page has not been built')
  return 'built'
}

/** Free, or held by a Chuchu that answers. */
const port = async (config: Config): Promise<string> => {
  try {
    return await freePort(config)
  } catch (error) {
    if (await answers(config)) return `chuchu is running at ${config.host}:${config.port}`
    throw error
  }
}

const answers = async ({ host, port: number }: Config): Promise<boolean> => {
  const at = ['0.0.0.0', '[::]', '::'].includes(host) ? 'localhost' : host
  try {
    const { ok, headers } = await fetch(`http://${at}:${number}/healthz`, {
      signal: AbortSignal.timeout(HEALTH_MS),
    })
    return ok && headers.has('x-request-id')
  } catch {
    return false
  }
}

const HEALTH_MS = 3_000

const freePort = ({ host, port: number }: Config): Promise<string> =>
  new Promise((done, reject) => {
    const server = createServer()
    server.once('error', (error) => reject(new Error(`${host}:${number} cannot be had (${error.message})`)))
    server.listen(number, host.replace(/^\[|\]$/g, ''), () =>
      server.close(() => done(`${host}:${number} is free`)),
    )
  })
