import { buildGeneration } from '../../src/index/build.ts'
import { hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'

/** A process that builds, to be killed: `folder seed articles [step to die before] [ms to sleep a passage]`. */
const [folder = '', seed = '', articles = '1', dieAt = '', sleep = '0'] = process.argv.slice(2)

const embedder = hashEmbedder()
const slow = async (text: string): Promise<Float32Array> => {
  await new Promise((done) => setTimeout(done, Number(sleep)))
  return embedder.passage(text)
}

process.send?.('started')
buildGeneration({
  corpus: steadyCorpus(Number(articles), seed),
  folder,
  embedder: { ...embedder, passage: Number(sleep) > 0 ? slow : embedder.passage },
  segmenter: plainSegmenter,
  fingerprint: seed,
  onStep: (step) => {
    if (step === dieAt) process.kill(process.pid, 'SIGKILL')
    if (step === 'write') process.send?.('writing')
  },
}).then(
  (id) => process.send?.(`built ${id}`),
  (error) => process.send?.(`${error.code} ${error.message}`),
)
