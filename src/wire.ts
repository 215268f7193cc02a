import { makeAsk } from './ask/ask.ts'
import { makeSearch } from './ask/search.ts'
import { makeSuggest } from './ask/suggest/suggest.ts'
import type { Config } from './config.ts'
import { ChuchuError } from './core/errors.ts'
import type { Desk, Generation } from './core/ports.ts'
import { likelihood } from './corpus/repair/continuation.ts'
import { type OpenOptions, openGeneration } from './index/open.ts'
import { openSegmenter } from './index/segmenter.ts'
import { readCalibrations } from './models/calibration.ts'
import { type Models, startModels } from './models/client.ts'
import { describeModel } from './models/folder.ts'
import { readGlossary } from './models/glossary.ts'

/** Starts the model child with the models of the settings; for indexing, as many as the cores feed. */
export const wireModels = (
  config: Config,
  onFault?: (message: string) => void,
  use: { readonly indexing?: boolean } = {},
): Models =>
  startModels({
    ...use,
    models: config.models,
    embedder: config.embedder,
    reader: config.reader,
    remoteModels: config.remoteModels,
    ...(onFault ? { onFault } : {}),
  })

/**
 * Opens the index and joins it to the models.
 * @throws ChuchuError index_missing, index_damaged, index_mismatch, model_missing, model_damaged
 */
export const wireDesk = (
  config: Config,
  { embedder, reader }: Pick<Models, 'embedder' | 'reader'>,
  onFault?: (error: ChuchuError) => void,
): Desk => {
  const segmenter = openSegmenter()
  const generation = openFitting(config, {
    embedder: embedder.id,
    segmenter,
    ...(onFault ? { onFault } : {}),
  })
  const calibrations = readCalibrations(config.models, config.embedder, config.reader)
  const parts = { generation, embedder, reader, segmenter, calibrations }
  const deps = { ...parts, glossary: readGlossary, likelihood }
  return { generation, ask: makeAsk(deps), search: makeSearch(deps), suggest: makeSuggest(generation) }
}

/** A model that is not there fits no index: then that is what is wrong. */
const openFitting = (config: Config, options: OpenOptions): Generation => {
  try {
    return openGeneration(config.index, options)
  } catch (error) {
    const isLocal = !config.embedder.includes('/')
    if (isLocal && error instanceof ChuchuError && error.code === 'index_mismatch') {
      describeModel(config.models, config.embedder, 'embedder')
    }
    throw error
  }
}
