import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChuchuError } from '../core/errors.ts'
import type { Calibration } from '../core/types.ts'

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
    unknown: z.number(),
    lead: z.number(),
  }),
  threshold: z.number().min(0).max(1),
})
const File = z.record(z.string(), Numbers)

/**
 * The fitted numbers for a pair of models, from calibration.json in the models folder, keyed `embedder+reader`.
 * `*+reader` serves an embedder it was never fitted with; the reader's name is `rules` when there is none.
 * @throws ChuchuError model_missing, model_damaged
 */
export const readCalibration = (models: string, embedder: string, reader: string): Calibration => {
  const path = join(models, 'calibration.json')
  const file = parse(path)
  const found = file[`${embedder}+${reader}`] ?? file[`*+${reader}`]
  if (!found)
    throw new ChuchuError(
      'model_damaged',
      `${path} has no numbers for ${embedder}+${reader}. Restore it from the repository.`,
    )
  return found
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
