import { z } from 'zod'
import { ChuchuError } from './core/errors.ts'

/** A folder of CHUCHU_MODELS, or `owner/name` of a Hugging Face model when remote models are allowed. */
const ModelName = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)?$/, 'a folder name in CHUCHU_MODELS, or owner/name of a Hugging Face model')

const PORT_FORM = 'a whole number from 0 to 65535; 0 takes any port that is free'
const Port = z
  .string()
  .regex(/^\d{1,5}$/, PORT_FORM)
  .transform(Number)
  .refine((port) => port <= 65535, PORT_FORM)

const Flag = z.enum(['true', 'false', '1', '0', '']).transform((v) => v === 'true' || v === '1')

/** One row a setting: its environment variable, what it accepts, its default. The README's table is checked against this. */
export const SETTINGS = {
  corpus: { env: 'CHUCHU_CORPUS', schema: z.string().min(1), default: './seeds' },
  index: { env: 'CHUCHU_INDEX', schema: z.string().min(1), default: './index' },
  models: { env: 'CHUCHU_MODELS', schema: z.string().min(1), default: './models' },
  embedder: { env: 'CHUCHU_EMBEDDER', schema: ModelName, default: 'chuchu-embedder' },
  reader: { env: 'CHUCHU_READER', schema: z.union([z.literal('none'), ModelName]), default: 'chuchu-reader' },
  remoteModels: { env: 'CHUCHU_REMOTE_MODELS', schema: Flag, default: 'false' },
  host: { env: 'CHUCHU_HOST', schema: z.string().min(1), default: '127.0.0.1' },
  port: { env: 'CHUCHU_PORT', schema: Port, default: '8787' },
  feedback: { env: 'CHUCHU_FEEDBACK', schema: Flag, default: 'true' },
  log: { env: 'CHUCHU_LOG', schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']), default: 'info' },
} as const

export interface Config {
  readonly corpus: string
  readonly index: string
  readonly models: string
  readonly embedder: string
  readonly reader: string
  readonly remoteModels: boolean
  readonly host: string
  readonly port: number
  readonly feedback: boolean
  readonly log: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/**
 * Settings from flags, then environment, then defaults, parsed once.
 * @throws ChuchuError bad_config naming every fault at once.
 */
export const parseConfig = (
  flags: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): Config => {
  const faults: string[] = []
  const values = Object.entries(SETTINGS).map(([key, setting]) => {
    const given = flags[key] ?? env[setting.env] ?? setting.default
    const parsed = setting.schema.safeParse(given)
    if (!parsed.success)
      faults.push(`${setting.env}=${JSON.stringify(given)}: ${parsed.error.issues[0]?.message}`)
    return [key, parsed.data]
  })
  const unknown = Object.keys(env).filter(
    (k) => k.startsWith('CHUCHU_') && !KNOWN.has(k) && k !== EVALUATION_DATA,
  )
  for (const name of unknown) faults.push(`${name}: no such setting (known: ${[...KNOWN].join(', ')})`)
  if (faults.length > 0)
    throw new ChuchuError('bad_config', `Settings are not valid:\n  ${faults.join('\n  ')}`, {
      details: { faults },
    })
  return Object.freeze(Object.fromEntries(values)) as unknown as Config // keys and schemas are those of SETTINGS
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(SETTINGS).map((s) => s.env))
/** Read by the benches and tests alone: where the evaluation data lies. */
const EVALUATION_DATA = 'CHUCHU_DATA'
