import type { z } from '@hono/zod-openapi'
import { PROBLEMS, type ProblemType } from './problems.ts'
import { ProblemBody } from './schemas.ts'

/** Can happen to any request: a foreign page, too many at once, a slow sender, an Expect, a fault of ours. */
const ALWAYS: readonly ProblemType[] = [
  'malformed',
  'forbidden',
  'request-timeout',
  'expectation',
  'rate-limited',
  'headers-too-large',
  'internal',
]
/** Of a question. */
export const QUESTION: readonly ProblemType[] = [
  'too-large',
  'unsupported-type',
  'invalid',
  'starting',
  'building',
  'index-unavailable',
  'overloaded',
  'timeout',
]
/** Of what is read from the index. */
export const LIBRARY: readonly ProblemType[] = ['starting', 'building', 'index-unavailable']

/** A body of the schema. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A body that is no JSON. */
export const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: { type: 'string' as const } } },
})

/** One response a status; the problem types that share it stand in its description. */
export const problems = (types: readonly ProblemType[]) => {
  const byStatus = new Map<number, string[]>()
  for (const type of [...ALWAYS, ...types])
    byStatus.set(PROBLEMS[type].status, [...(byStatus.get(PROBLEMS[type].status) ?? []), type])
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      {
        description: names.join(', '),
        content: { 'application/problem+json': { schema: ProblemBody } },
      },
    ]),
  )
}

/** With an ETag. */
export const NOT_MODIFIED = { 304: { description: 'The copy with this ETag is still good' } }
