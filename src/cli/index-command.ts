import { resolve } from 'node:path'
import { wireModels } from '../wire.ts'
import { type BuildReport, buildIndex } from './build.ts'
import { makeMeter } from './progress.ts'
import { record, type Settings } from './settings.ts'
import { type Terminal, visible } from './terminal.ts'

/** Warnings that are printed; --json has them all. */
const SHOWN = 20

/**
 * Builds the index of the given folders, or of the corpus of the settings.
 * @throws ChuchuError corpus_…, index_locked, disk_full, model_…, aborted
 */
export const index = async (
  paths: readonly string[],
  flags: { readonly json?: boolean },
  settings: Settings,
  terminal: Terminal,
): Promise<void> => {
  const folders = paths.length > 0 ? [...new Set(paths.map((path) => resolve(path)))] : settings.folders
  const { config } = settings
  const meter = makeMeter(terminal)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const models = wireModels(config, (fault) => terminal.err(`${fault}\n`), { indexing: true })
  try {
    const build = { folders, index: config.index, models, onProgress: meter.show, signal: stop.signal }
    const report = await buildIndex(build)
    meter.end()
    if (paths.length > 0) record(config.index, folders)
    else if (settings.named) record(config.index, null)
    terminal.out(flags.json ? `${JSON.stringify(report)}\n` : reportText(report, folders))
  } finally {
    meter.end()
    await models.close()
  }
}

const reportText = (report: BuildReport, folders: readonly string[]): string => {
  const { files, articles, passages, warnings, generation, took_ms } = report
  const shown = warnings
    .slice(0, SHOWN)
    .map(({ file, message }) => `  ${visible(file)}: ${visible(message)}\n`)
  const more = warnings.length > SHOWN ? `  and ${warnings.length - SHOWN} more; --json lists them all\n` : ''
  return [
    `${folders.map((folder) => visible(folder)).join(', ')}\n`,
    `${count(files, 'file')}, ${count(articles, 'article')}, ${count(passages, 'passage')}`,
    ` in ${(took_ms / 1000).toFixed(1)} s; generation ${generation}\n`,
    warnings.length > 0 ? `${count(warnings.length, 'warning')}:\n` : '',
    ...shown,
    more,
  ].join('')
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
