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
    doubt: z.number(),
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
    dated: z.number(),
  }),
  threshold: z.number().min(0).max(1),
})
const File = z.record(z.string(), Numbers)

/**
 * The fitted numbers of calibration.json in the models folder, keyed `embedder+reader`: `none` stands for no embedder,
 * `rules` for no reader; `*+rules` and `*+*` serve models that nothing was fitted with.
 * @throws ChuchuError model_missing, model_damaged
 */
export const readCalibrations = (models: string, embedder: string, reader: string): Calibrations => {
  const path = join(models, 'calibration.json')
  const file = parse(path)
  const find = (first: string, second: string): Calibration => {
    const found = file[`${first}+${second}`] ?? file[second === 'rules' ? '*+rules' : '*+*']
    if (found) return found
    throw new ChuchuError(
      'model_damaged',
      `${path} has no numbers for ${first}+${second}. Restore it from the repository (git checkout models).`,
    )
  }
  const rules = find(embedder, 'rules')
  const words = find('none', 'rules')
  if (reader === 'none') return { rules, words, read: rules, fitted: `${embedder}+rules` in file }
  if (!existsSync(join(models, reader))) {
    throw new ChuchuError(
      'model_missing',
      `There is no model folder ${join(models, reader)}. Check CHUCHU_READER.`,
    )
  }
  return { rules, words, read: find(embedder, reader), fitted: `${embedder}+${reader}` in file }
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
