import { startModels } from '../../src/models/client.ts'
import { EMBEDDER, MODELS } from './real.ts'

/** A parent of a model child that tells its child's pid; then it stays, or has nothing more to do. */
const models = startModels({ models: MODELS, embedder: EMBEDDER, reader: 'none', remoteModels: false })
models
  .ready()
  .then(() => models.embedder.question('问'))
  .then(() => process.send?.(models.state().pid))
if (process.argv[2] === 'stay') setInterval(() => undefined, 1000)
