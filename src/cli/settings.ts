import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type Config, parseConfig } from '../config.ts'
import { ChuchuError, systemCode } from '../core/errors.ts'
import { FOLDERS } from '../core/index-names.ts'
import { replaceDurable } from '../index/disk.ts'

/** Flags as commander gives them; only those of SETTINGS are read here. */
export type Flags = Readonly<Record<string, unknown>>

/** The settings, and the folders that are read. */
export interface Settings {
  readonly config: Config
  /** Absolute; usually one. */
  readonly folders: readonly string[]
  /** The corpus was set by flag or environment. */
  readonly named: boolean
}

/** Written beside the index by `chuchu index PATH…`, so that `chuchu serve` goes on with the same folders. */
const Record = z.object({ folders: z.array(z.string().min(1)).min(1) })

/**
 * Flag, then environment, then what the index was last built from, then default.
 * @throws ChuchuError bad_config, also for a record that cannot be read: other folders are never taken in silence
 */
export const readSettings = (flags: Flags, env: Readonly<Record<string, string | undefined>>): Settings => {
  const texts = Object.fromEntries(
    Object.entries(flags).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
  const config = parseConfig(texts, env)
  const named = texts['corpus'] !== undefined || env['CHUCHU_CORPUS'] !== undefined
  const recorded = named ? null : readRecord(config.index)
  return { config, folders: recorded ?? [resolve(config.corpus)], named }
}

const readRecord = (index: string): readonly string[] | null => {
  const path = join(index, FOLDERS)
  try {
    return Record.parse(JSON.parse(readFileSync(path, 'utf8'))).folders
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')) return null
    const message = `${path} cannot be read; it tells which folders are indexed. Remove it and name them: chuchu index FOLDER`
    throw new ChuchuError('bad_config', message, { cause })
  }
}

/** Remembers folders given on the command line; null forgets them. */
export const record = (index: string, folders: readonly string[] | null): void => {
  const path = join(index, FOLDERS)
  if (folders === null) {
    rmSync(path, { force: true })
    return
  }
  mkdirSync(index, { recursive: true })
  replaceDurable(path, `${JSON.stringify({ folders })}\n`)
}
