import type { SourceFile } from './types.ts'

/** How many files of the corpus folder the sources lie in: all lines of a .jsonl are one. */
export const countFiles = (sources: readonly Pick<SourceFile, 'name'>[]): number =>
  new Set(sources.map(({ name }) => name.replace(/(\.jsonl)#.*$/is, '$1'))).size
