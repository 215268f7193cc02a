import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChuchuError } from '../core/errors.ts'
import type { Calibration, Calibrations } from '../core/types.ts'

const Numbers = z.object({
  bias: z.number(),
  weights: z.object({
    relevance: z.number(),
    span: z.number(),
    words: z.number(),
    meaning: z.number(),
    sentenceWords: z.number(),
    sentenceMeaning: z.number(),
    kind: z.number(),
    untold: z.number(),
    elsewhere: z.number(),
    unsaid: z.number(),
    unknown: z.number(),
    lead: z.number(),
  }),
  threshold: z.number().min(0).max(1),
})
const File = z.record(z.string(), Numbers)

/**
 * The fitted numbers of calibration.json in the models folder, keyed `embedder+reader`: `none` stands for no embedder,
 * `rules` for no reader, and `*+reader` serves an embedder it was never fitted with.
 * @throws ChuchuError model_missing, model_damaged
 */
export const readCalibrations = (models: string, embedder: string, reader: string): Calibrations => {
  const path = join(models, 'calibration.json')
  const file = parse(path)
  const find = (first: string, second: string): Calibration => {
    const found = file[`${first}+${second}`] ?? file[`*+${second}`]
    if (found) return found
    if (second !== 'rules' && !existsSync(join(models, second))) {
      throw new ChuchuError(
        'model_missing',
        `There is no model folder ${join(models, second)}. Check CHUCHU_READER.`,
      )
    }
    throw new ChuchuError(
      'model_damaged',
      `${path} has no numbers for ${first}+${second}. Restore it from the repository, or fit them (bench/calibrate.ts).`,
    )
  }
  const rules = find(embedder, 'rules')
  return { rules, words: find('none', 'rules'), read: reader === 'none' ? rules : find(embedder, reader) }
}

const parse = (path: string): z.infer<typeof File> => {
  try {
    return File.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new ChuchuError(
      missing ? 'model_missing' : 'model_damaged',
      `${path} ${missing ? 'is not there' : 'cannot be read'}. Restore it from the repository (git checkout models).`,
      { cause },
    )
  }
}
