import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The models that come with the project. */
export const MODELS = fileURLToPath(new URL('../../models', import.meta.url))
export const EMBEDDER = 'bge-small-zh-v1.5'
/** Tests of the real model are skipped where its folder is not. */
export const hasModel = existsSync(join(MODELS, EMBEDDER, 'SHA256SUMS'))
if (!hasModel) console.warn(`skipped: there is no ${EMBEDDER} in ${MODELS}`)
