import { writeSync } from 'node:fs'
import { buildGeneration } from '../../src/index/build.ts'
import { hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'

/** A build in a process that may write only small files; prints how it ended. */
buildGeneration({
  corpus: steadyCorpus(60, '新'),
  folder: process.argv[2] ?? '',
  embedder: hashEmbedder(),
  segmenter: plainSegmenter,
  fingerprint: '',
}).then(
  () => writeSync(1, 'built'),
  (error) => writeSync(1, String(error.code)),
)
