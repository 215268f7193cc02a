import type { z } from '@hono/zod-openapi'

/** One thing that is wrong with a request. */
export interface Fault {
  /** Path of the field, dots between; empty for the body as a whole. */
  readonly field: string
  readonly message: string
}

/** More than these are not listed. */
const LISTED = 10

/** What zod found, in words for a person. Texts of the schemas are Chinese already; zod's own are replaced. */
export const faultsOf = (issues: readonly z.core.$ZodIssue[]): readonly Fault[] =>
  issues.flatMap(faultOf).slice(0, LISTED)

const faultOf = (issue: z.core.$ZodIssue): readonly Fault[] => {
  const field = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: [field, key.slice(0, 50)].filter(Boolean).join('.'),
      message: '没有这个字段',
    }))
  if (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message))
    return [{ field, message: issue.expected === 'object' ? '应为 JSON 对象' : '格式不对' }]
  return [{ field, message: issue.message }]
}
