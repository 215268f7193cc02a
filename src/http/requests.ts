import { z } from '@hono/zod-openapi'

/** Code points of a question. */
const QUESTION_MAX = 500

/** Earlier questions that are taken; the last few are read (ask/question/context.ts). */
const HISTORY_MAX = 50

/** C0 without tab and line breaks, DEL and C1. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
const LONE_SURROGATE = /[\ud800-\udfff]/u
const BLANK = /^[\s\p{Cf}]*$/u

/** Why a text cannot be asked, in words for the person who typed it; null when it can. */
const textFault = (text: string, most: number): string | null => {
  if (text.length > 2 * most || [...text].length > most) return `太长了，最多 ${most} 个字`
  if (BLANK.test(text)) return '是空的，请输入文字'
  if (LONE_SURROGATE.test(text)) return '含有不完整的字符（半个代理对），请重新输入'
  if (text.includes('\ufffd')) return '含有无法识别的字符，请用 UTF-8 编码发送'
  if (CONTROL.test(text)) return '含有控制字符，请删去后再试'
  return null
}

/** A line of text a person types. Line breaks and tabs become spaces, so that a pasted question is accepted. */
const line = (most: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? '不能缺少' : '应为文字') })
    .superRefine((text, context) => {
      const fault = textFault(text, most)
      if (fault) context.addIssue({ code: 'custom', message: fault })
    })
    .transform((text) => text.replace(/[\t\n\r]+/g, ' '))

const Question = line(QUESTION_MAX).openapi({
  type: 'string',
  minLength: 1,
  maxLength: QUESTION_MAX,
  description: `1 to ${QUESTION_MAX} code points, not only white space, no control characters`,
  example: '大连今年新增市场主体多少户？',
})

const History = z
  .array(z.strictObject({ question: Question }), '应为数组')
  .max(HISTORY_MAX, `最多 ${HISTORY_MAX} 条`)
  .readonly()
  .openapi({ description: 'Earlier questions of the conversation, oldest first' })

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

const Day = z
  .string('应为 YYYY-MM-DD 形式的日期')
  .regex(/^\d{4}-\d{2}-\d{2}$/, '应为 YYYY-MM-DD 形式的日期')
  .refine((text) => !/^\d{4}-\d{2}-\d{2}$/.test(text) || isDay(text), '没有这一天，请检查日期')
  .openapi({ format: 'date', example: '2020-05-31' })

const top = (most: number, usual: number) =>
  z
    .int(`应为 1 到 ${most} 的整数`)
    .min(1, `应为 1 到 ${most} 的整数`)
    .max(most, `应为 1 到 ${most} 的整数`)
    .default(usual)

const FILTERS = {
  from: Day.optional().openapi({ description: 'Earliest date of an article, inclusive' }),
  to: Day.optional().openapi({ description: 'Latest date of an article, inclusive' }),
  source: line(200).optional().openapi({
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'Part of the source, byline or file name',
  }),
}

const inOrder = (query: { from?: string | undefined; to?: string | undefined }): boolean =>
  query.from === undefined || query.to === undefined || query.from <= query.to
const ORDER = { path: ['from'], message: '开始日期晚于结束日期' }

/** Body of POST /ask. */
export const AskBody = z
  .strictObject({
    question: Question,
    history: History.optional(),
    top: top(20, 5),
    ...FILTERS,
  })
  .refine(inOrder, ORDER)
  .openapi('AskRequest')
/** As it is sent. */
export type AskBody = z.input<typeof AskBody>

/** Body of POST /search. */
export const SearchBody = z
  .strictObject({ question: Question, top: top(100, 10), ...FILTERS })
  .refine(inOrder, ORDER)
  .openapi('SearchRequest')

/** Code units of an extract: one run of sentences of a passage, with room to spare. */
const EXTRACT_MAX = 4000

/** Body of POST /feedback: what a person says of one extract, with all that is needed to ask the question again. */
export const FeedbackBody = z
  .strictObject({
    question: Question,
    history: History.optional(),
    verdict: z.enum(['right', 'wrong', 'not_asked'], '应为 right、wrong 或 not_asked').openapi({
      description: 'The extract answers the question; it does not; it answers another question',
    }),
    answered: z.boolean('应为 true 或 false').openapi({ description: 'As in the answer' }),
    generation: z.string('应为文字').max(64, '太长了').openapi({ description: 'Of the index that answered' }),
    extract: z
      .strictObject({
        n: z.int('应为整数').min(1, '应从 1 起'),
        text: z.string('应为文字').min(1, '不能是空的').max(EXTRACT_MAX, `最多 ${EXTRACT_MAX} 字`),
        answer: z.string('应为文字').max(EXTRACT_MAX, `最多 ${EXTRACT_MAX} 字`).nullable().openapi({
          description: 'The short answer, when it is marked in this extract',
        }),
        file: z.string('应为文字').min(1, '不能是空的').max(1000, '太长了'),
        fileId: z.string('应为文字').regex(/^[0-9a-f]{16}$/, '应为 16 位十六进制数'),
        ranges: z
          .array(z.tuple([z.int().min(0), z.int().min(1)]).readonly(), '应为数组')
          .min(1, '不能是空的')
          .max(500, '最多 500 段')
          .readonly(),
      })
      .openapi({ description: 'As in the answer' }),
  })
  .openapi('Feedback')
/** As it is sent. */
export type FeedbackBody = z.input<typeof FeedbackBody>

/** One line of the file that keeps it. */
export const FeedbackLine = FeedbackBody.extend({ id: z.string(), at: z.iso.datetime() })
export type FeedbackLine = z.infer<typeof FeedbackLine>

/** Body of POST /index: nothing can be chosen. */
export const RenewBody = z.strictObject({}).openapi('RenewRequest')

/** A number in a query, where everything is text. */
const limit = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `应为 1 到 ${most} 的整数`)
    .transform(Number)
    .pipe(z.int().min(1, `应为 1 到 ${most} 的整数`).max(most, `应为 1 到 ${most} 的整数`))
    .default(usual)
    .openapi({ type: 'integer', minimum: 1, maximum: most, default: usual })

/** Query of GET /articles. */
export const PageQuery = z.object({
  limit: limit(1000, 100),
  cursor: z.string().max(80).optional().openapi({ description: '`next` of the page before' }),
})

/** Code points of what was typed that are looked at. */
const TYPED_MAX = 100

/** Query of GET /suggest. */
export const SuggestQuery = z.object({
  q: line(TYPED_MAX).openapi({
    type: 'string',
    minLength: 1,
    maxLength: TYPED_MAX,
    description: 'What was typed, up to the caret; the letters at its end are read as pinyin',
    example: 'dalianwan',
  }),
  limit: limit(20, 8),
})

/** Path of one article or file. */
export const IdParam = z.object({ id: z.string().openapi({ example: '0123456789abcdef-1' }) })
