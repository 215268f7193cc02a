import type { Calibration, Features } from '../src/core/types.ts'

/** What is fitted to: features of an extract, whether it was right, and how much it counts. */
export interface Sample {
  readonly features: Features
  readonly right: boolean
  readonly weight: number
}

/** Features that may only count against an extract; all others only for it. */
const AGAINST: ReadonlySet<string> = new Set(['unknown', 'untold', 'elsewhere', 'unsaid'])
const ROUNDS = 1500
const RATE = 2
const L2 = 0.0005

/** Logistic regression by gradient descent on standardised features, with a light L2; without a threshold. */
export const fitLogistic = (samples: readonly Sample[]): Omit<Calibration, 'threshold'> => {
  const names = Object.keys(samples[0]?.features ?? {}) as (keyof Features)[]
  const { mean, spread } = momentsOf(names, samples)
  const scaled = (value: number, i: number): number =>
    spread[i] === 0 ? 0 : (value - (mean[i] ?? 0)) / (spread[i] ?? 1)
  const inputs = samples.map(({ features }) => names.map((name, i) => scaled(features[name], i)))
  const { weights, bias } = descend(names, inputs, samples)
  const raw = weights.map((weight, i) => (spread[i] === 0 ? 0 : weight / (spread[i] ?? 1)))
  const shift = raw.reduce((sum, weight, i) => sum + weight * (mean[i] ?? 0), 0)
  const entries = Object.fromEntries(names.map((name, i) => [name, round3(raw[i] ?? 0)]))
  return { bias: round3(bias - shift), weights: entries as unknown as Features } // every name is there
}

const descend = (
  names: readonly (keyof Features)[],
  inputs: readonly (readonly number[])[],
  samples: readonly Sample[],
) => {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const weights = names.map(() => 0)
  let bias = 0
  for (let round = 0; round < ROUNDS; round++) {
    const slopes = names.map(() => 0)
    let lift = 0
    for (const [k, input] of inputs.entries()) {
      const odds = input.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)
      const error = (samples[k]?.weight ?? 0) * ((samples[k]?.right ? 1 : 0) - 1 / (1 + Math.exp(-odds)))
      lift += error
      for (const [i, value] of input.entries()) slopes[i] = (slopes[i] ?? 0) + error * value
    }
    bias += (RATE * lift) / total
    for (const [i, slope] of slopes.entries())
      weights[i] = bounded(names[i], (weights[i] ?? 0) + RATE * (slope / total - L2 * (weights[i] ?? 0)))
  }
  return { weights, bias }
}

/** Weighted mean and spread of each feature; a spread of 0 for one that never varies. */
const momentsOf = (names: readonly (keyof Features)[], samples: readonly Sample[]) => {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const average = (value: (features: Features) => number): number =>
    samples.reduce((sum, { features, weight }) => sum + weight * value(features), 0) / total
  const mean = names.map((name) => average((features) => features[name]))
  const spread = names.map((name, i) => {
    const found = Math.sqrt(average((features) => (features[name] - (mean[i] ?? 0)) ** 2))
    return found > 1e-9 ? found : 0
  })
  return { mean, spread }
}

/** What speaks for an extract may not count against it, nor the other way: keeps the fit sound on other corpora. */
const bounded = (name: keyof Features | undefined, weight: number): number =>
  AGAINST.has(name ?? '') ? Math.min(0, weight) : Math.max(0, weight)

const round3 = (value: number): number => Math.round(value * 1000) / 1000
