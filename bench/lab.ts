import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Likelihood } from '../src/ask/question/spelling.ts'
import { type Config, parseConfig } from '../src/config.ts'
import { ChuchuError } from '../src/core/errors.ts'
import type { Generation, Segmenter } from '../src/core/ports.ts'
import type { Calibrations } from '../src/core/types.ts'
import { corpusFingerprint } from '../src/corpus/fingerprint.ts'
import { readCorpus } from '../src/corpus/read.ts'
import { likelihood } from '../src/corpus/repair/continuation.ts'
import { buildGeneration } from '../src/index/build.ts'
import { openGeneration } from '../src/index/open.ts'
import { openSegmenter } from '../src/index/segmenter.ts'
import { readCalibrations } from '../src/models/calibration.ts'
import { type Models, startModels } from '../src/models/client.ts'
import { readGlossary } from '../src/models/glossary.ts'

/** Everything that answers questions about one folder, as the server has it. */
export interface Lab {
  readonly config: Config
  readonly generation: Generation
  readonly models: Models
  readonly segmenter: Segmenter
  readonly calibrations: Calibrations
  readonly glossary: () => Promise<string>
  readonly likelihood: Likelihood
  /** Milliseconds that building took; 0 when the index was there. */
  readonly built: number
  readonly close: () => Promise<void>
}

/** Builds (or finds) the index of a folder under the system's temporary folder, with the models of the settings. */
export const openLab = async (corpus: string): Promise<Lab> => {
  const config = parseConfig({}, process.env)
  const models = startModels(config)
  await models.ready()
  const segmenter = openSegmenter()
  const name = createHash('sha256').update(resolve(corpus)).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), 'chuchu-bench', name)
  mkdirSync(folder, { recursive: true })
  const started = performance.now()
  await buildGeneration({
    corpus: await readCorpus(corpus),
    folder,
    embedder: models.embedder,
    segmenter,
    fingerprint: corpusFingerprint(corpus),
    onProgress: ({ stage, done, total }) => {
      if (done % 500 === 0 || done === total) process.stderr.write(`\r${stage} ${done}/${total}   `)
    },
  })
  const generation = openGeneration(folder, { embedder: models.embedder.id, segmenter })
  process.stderr.write('\n')
  return {
    config,
    generation,
    models,
    segmenter,
    calibrations: readCalibrations(config.models, config.embedder, config.reader),
    glossary: readGlossary,
    likelihood,
    built: performance.now() - started,
    close: async () => {
      generation.close()
      await models.close()
    },
  }
}

/** A question with what would be right; the format of the evaluation sets. */
export interface Item {
  readonly id: string
  readonly question: string
  readonly answers: readonly string[]
  readonly file?: string | null
  /** Of the news questions: the passage it was written about, whether or not that holds the answer. */
  readonly passage?: string
  readonly type?: string
  readonly paraphrase?: number | string
}

export const readJsonl = <T>(path: string): readonly T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** The folder of evaluation data, from --data or CHUCHU_DATA; ends with what to do when there is none. */
export const dataFolder = (): string => {
  const flag = process.argv.indexOf('--data')
  const folder = flag > 0 ? process.argv[flag + 1] : process.env['CHUCHU_DATA']
  if (folder === undefined)
    throw new ChuchuError('bad_input', 'Name the folder of evaluation data: --data FOLDER')
  return folder
}
