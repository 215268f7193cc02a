import { ChuchuError } from '../core/errors.ts'
import { readCurrent } from '../index/generations.ts'
import { fingerprintOf } from './build.ts'
import type { Settings } from './settings.ts'

/** Whether a served generation differs from what a build of the corpus as it is now would give. Reads the whole corpus. */
export const isOutdated = ({ config, folders }: Settings, serving: string | undefined): boolean => {
  const current = readCurrent(config.index)
  return serving !== current?.generation || current?.fingerprint !== fingerprintOf(folders)
}

/** A corpus that cannot be read is not the one that is served. */
export const orGone = (look: () => boolean): boolean => {
  try {
    return look()
  } catch (fault) {
    if (fault instanceof ChuchuError && fault.code === 'corpus_missing') return true
    throw fault
  }
}
