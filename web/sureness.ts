/** How sure an answer is, as the page says it. */
export interface Sureness {
  readonly band: 'sure' | 'fairly' | 'unsure'
  /** Of ten answers rated so, as many are right: 1 to 9, since nothing is certain and nothing hopeless is shown. */
  readonly tenths: number
}

/** Lowest tenths of a band: one error in ten at most is sure, four in ten are no longer fairly. */
const SURE = 9
const FAIRLY = 7

/** `confidence` is calibrated: of the answers at .9, nine in ten are right. The band follows from the tenths shown. */
export const surenessOf = (confidence: number): Sureness => {
  const tenths = Math.max(1, Math.min(9, Math.round(confidence * 10)))
  return { band: tenths >= SURE ? 'sure' : tenths >= FAIRLY ? 'fairly' : 'unsure', tenths }
}
