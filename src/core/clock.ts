/** Milliseconds since `from` (a performance.now()), to a tenth. */
export const since = (from: number): number => Math.round((performance.now() - from) * 10) / 10
