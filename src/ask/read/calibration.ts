import type { Calibration, Features } from '../../core/types.ts'

/** Beyond this a log-odds says no more than "sure"; keeps one odd score from deciding alone. */
const SURE = 12

/** Probability from 0 to 1 that an extract with these features answers. */
export const probability = ({ bias, weights }: Calibration, features: Features): number => {
  let odds = bias
  for (const name of NAMES) odds += weights[name] * Math.max(-SURE, Math.min(SURE, features[name]))
  return 1 / (1 + Math.exp(-odds))
}

const NAMES = [
  'relevance',
  'span',
  'doubt',
  'words',
  'meaning',
  'sentenceWords',
  'sentenceMeaning',
  'kind',
  'untold',
  'elsewhere',
  'unsaid',
  'unknown',
  'lead',
  'dated',
] as const satisfies readonly (keyof Features)[]
