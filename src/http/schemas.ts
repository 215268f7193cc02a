import { z } from '@hono/zod-openapi'

const Ranges = z
  .array(z.tuple([z.int(), z.int()]).readonly())
  .readonly()
  .openapi({ description: '[start, end) in UTF-16 code units of the decoded file, in reading order' })

const Text = z.string().nullable()

const Citation = z
  .strictObject({
    articleId: z.string(),
    title: Text,
    date: Text.openapi({ description: 'YYYY, YYYY-MM or YYYY-MM-DD' }),
    byline: Text,
    source: Text,
    file: z.string().openapi({ description: 'Path below the corpus folder; name.jsonl#id for a line' }),
    fileId: z.string(),
    fileSha256: z.string(),
    ranges: Ranges,
    paragraph: z.int(),
    url: z.string(),
  })
  .openapi('Citation')

/** An event `extract`, and a member of an answer. */
export const ExtractBody = z
  .strictObject({ n: z.int(), text: z.string(), score: z.number(), citation: Citation })
  .openapi('Extract')

const IndexInfo = z.strictObject({
  generation: z.string(),
  articles: z.int(),
  passages: z.int(),
  model: z.string(),
})

/** 200 of POST /ask. */
export const AnswerBody = z
  .strictObject({
    id: z.string(),
    question: z.string(),
    answered: z.boolean(),
    reason: z.enum(['nothing_found', 'not_sure']).nullable(),
    confidence: z.number().min(0).max(1),
    answer: z
      .strictObject({ text: z.string(), extract: z.int(), start: z.int(), end: z.int() })
      .nullable()
      .openapi({ description: 'A span of extracts[extract - 1].text' }),
    extracts: z.array(ExtractBody).readonly(),
    nearest: z.array(ExtractBody).readonly(),
    timings: z
      .strictObject({ total: z.number(), embed: z.number(), search: z.number(), read: z.number() })
      .openapi({ description: 'Milliseconds' }),
    index: IndexInfo,
    degraded: z
      .array(z.enum(['embedder', 'reader']))
      .readonly()
      .optional()
      .openapi({ description: 'Parts that are down; the answer was made without them' }),
    missing: z
      .array(z.string())
      .readonly()
      .optional()
      .openapi({ description: 'Names, years or numbers of the question that stand nowhere in the articles' }),
    understoodAs: z.string().optional().openapi({
      description:
        'The question that was searched, when the one asked leans on those before it, is in English, in traditional characters or mistyped',
    }),
  })
  .openapi('Answer')

/** 200 of POST /search. */
export const HitsBody = z
  .strictObject({
    hits: z
      .array(
        z.strictObject({
          n: z.int(),
          text: z.string(),
          score: z.number(),
          citation: Citation,
          why: z.strictObject({ words: z.array(z.string()).readonly(), meaning: z.number() }),
        }),
      )
      .readonly(),
    degraded: z
      .array(z.enum(['embedder', 'reader']))
      .readonly()
      .optional()
      .openapi({ description: 'Parts that are down; the hits were found without them' }),
  })
  .openapi('Hits')

/** 200 of GET /suggest. */
export const SuggestionsBody = z
  .strictObject({
    typed: z.string().openapi({
      description: 'The end of `q`, which a suggestion stands for; empty when there is no suggestion',
      example: 'dalianwan',
    }),
    suggestions: z
      .array(
        z.strictObject({
          text: z.string().openapi({ description: 'As the articles write it', example: '大连湾' }),
          kind: z
            .enum(['word', 'title'])
            .openapi({ description: 'A word or a run of words, or the title of an article' }),
        }),
      )
      .readonly(),
  })
  .openapi('Suggestions')
export type SuggestionsBody = z.infer<typeof SuggestionsBody>

const HEADING = {
  id: z.string(),
  title: Text,
  date: Text,
  byline: Text,
  source: Text,
  section: Text,
  file: z.string(),
  fileId: z.string(),
}

/** 200 of GET /articles. */
export const ArticlesBody = z
  .strictObject({
    articles: z.array(z.strictObject({ ...HEADING, paragraphs: z.int() })).readonly(),
    total: z.int(),
    next: z.string().nullable(),
  })
  .openapi('Articles')
export type ArticlesBody = z.infer<typeof ArticlesBody>
export type ArticleRow = ArticlesBody['articles'][number]

/** 200 of GET /articles/{id}. */
export const ArticleBody = z
  .strictObject({
    ...HEADING,
    titleRanges: Ranges,
    subtitle: Text,
    subtitleRanges: Ranges,
    bylineRanges: Ranges,
    fileSha256: z.string(),
    url: Text.optional().openapi({ description: 'Where it was first published' }),
    paragraphs: z.array(z.strictObject({ n: z.int(), text: z.string(), ranges: Ranges })).readonly(),
  })
  .openapi('Article')
export type ArticleBody = z.infer<typeof ArticleBody>

/** 200 of GET /healthz. */
export const HealthBody = z.strictObject({ status: z.literal('ok'), version: z.string() }).openapi('Health')

const BUILDING = z
  .strictObject({
    stage: z.enum(['start', 'read', 'words', 'embed', 'graph', 'write']),
    done: z.int(),
    total: z.int(),
    percent: z.int(),
  })
  .nullable()
  .openapi({ description: 'A build that is going on; an older index may serve meanwhile' })

/** The `index` and `models` of GET /readyz. */
export const STATE = {
  index: z.strictObject({
    state: z.enum(['opening', 'ready', 'missing', 'failed']),
    info: IndexInfo.nullable(),
    builtAt: z.string().nullable().openapi({ description: 'When what is served was built, ISO 8601' }),
    building: BUILDING,
    error: z.string().nullable().openapi({ description: 'Why the last build failed' }),
  }),
  models: z.strictObject({
    embedder: z.enum(['ready', 'starting', 'down']),
    reader: z.enum(['ready', 'starting', 'down', 'none']),
    error: z.string().nullable().openapi({ description: 'Why one is down and what to do, in Chinese' }),
  }),
}

/** 200 of GET /readyz. */
export const ReadyBody = z
  .strictObject({
    status: z.literal('ready'),
    ...STATE,
    feedback: z.boolean().openapi({ description: 'POST /feedback is there' }),
  })
  .openapi('Ready')
export type ReadyBody = z.infer<typeof ReadyBody>

/** 200 of GET /index, 200 and 202 of POST /index. */
export const IndexBody = z
  .strictObject({
    generation: z.string().nullable().openapi({ description: 'null while there is no index yet' }),
    builtAt: z.string().nullable().openapi({ description: 'ISO 8601' }),
    files: z.int().openapi({ description: 'With articles that are served; a .jsonl counts once' }),
    articles: z.int(),
    passages: z.int(),
    changed: z.boolean().openapi({ description: 'The corpus on the disk is another than the one served' }),
    building: BUILDING,
    error: z.string().nullable().openapi({ description: 'Why the last build failed, in Chinese' }),
    warnings: z
      .array(
        z.strictObject({
          file: z
            .string()
            .openapi({ description: 'Path below the corpus folder, or *.pdf for all of a kind' }),
          message: z.string(),
        }),
      )
      .readonly()
      .openapi({ description: 'What could not be read, or not for certain, when it was built' }),
  })
  .openapi('Index')
export type IndexBody = z.infer<typeof IndexBody>
/** How far a build is. */
export type Building = NonNullable<IndexBody['building']>

/** 201 of POST /feedback. */
export const FeedbackKeptBody = z.strictObject({ id: z.string() }).openapi('FeedbackKept')
export type FeedbackKeptBody = z.infer<typeof FeedbackKeptBody>

/** Every status that is not 2xx or 304 (RFC 9457). */
export const ProblemBody = z
  .strictObject({
    type: z.string().openapi({ example: '/docs#overloaded' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What happened and what to do, in Chinese' }),
    instance: z.string(),
    requestId: z.string(),
    errors: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .readonly()
      .optional(),
    ...z.object(STATE).partial().shape,
  })
  .openapi('Problem')
export type ProblemBody = z.infer<typeof ProblemBody>
