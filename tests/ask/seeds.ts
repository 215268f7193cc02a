import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '../../src/config.ts'
import type { Desk } from '../../src/core/ports.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { buildGeneration } from '../../src/index/build.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { wireDesk, wireModels } from '../../src/wire.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
export const SEEDS = here('../../seeds')

type Opened = Desk & { readonly close: () => Promise<void> }

/** The five articles files, indexed and answered by the real model. */
export const openSeeds = (): Promise<Opened> => openFolder(SEEDS)

/** Any folder, indexed and answered by the real model. */
export const openFolder = async (folder: string): Promise<Opened> => {
  const index = mkdtempSync(join(tmpdir(), 'chuchu-ask-'))
  const config = parseConfig({ corpus: folder, index, models: here('../../models') }, {})
  const models = wireModels(config)
  await models.ready()
  const corpus = await readCorpus(folder)
  await buildGeneration({
    corpus,
    folder: index,
    embedder: models.embedder,
    segmenter: openSegmenter(),
    fingerprint: '',
  })
  const desk = wireDesk(config, models)
  return {
    ...desk,
    close: async () => {
      desk.generation.close()
      await models.close()
      rmSync(index, { recursive: true, force: true })
    },
  }
}
