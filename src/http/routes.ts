import { createRoute, z } from '@hono/zod-openapi'
import { AskBody, FeedbackBody, IdParam, PageQuery, RenewBody, SearchBody, SuggestQuery } from './requests.ts'
import { json, LIBRARY, NOT_MODIFIED, problems, QUESTION, text } from './responses.ts'
import {
  AnswerBody,
  ArticleBody,
  ArticlesBody,
  FeedbackKeptBody,
  HealthBody,
  HitsBody,
  IndexBody,
  ReadyBody,
  SuggestionsBody,
} from './schemas.ts'

/** POST /ask. */
export const askRoute = createRoute({
  method: 'post',
  path: '/ask',
  summary: 'Ask a question',
  description:
    'Sentences copied from the articles, each with its source. With `Accept: text/event-stream` the reply comes as events: `meta`, `extract` (any number), `answer` (the same body as JSON), `done`; or `error` (a problem). Comments are heartbeats.',
  request: { body: { required: true, content: { 'application/json': { schema: AskBody } } } },
  responses: {
    200: {
      description: 'The answer, or what is nearest when the articles do not hold one',
      content: {
        'application/json': { schema: AnswerBody },
        'text/event-stream': { schema: { type: 'string' as const } },
      },
    },
    ...problems(QUESTION),
  },
})

/** POST /search. */
export const searchRoute = createRoute({
  method: 'post',
  path: '/search',
  summary: 'Find passages',
  description: 'Whole passages, best first, without an answer.',
  request: { body: { required: true, content: { 'application/json': { schema: SearchBody } } } },
  responses: { 200: json(HitsBody, 'Passages, best first'), ...problems(QUESTION) },
})

/** GET /suggest. */
export const suggestRoute = createRoute({
  method: 'get',
  path: '/suggest',
  summary: 'Find words and titles by how they sound',
  description:
    'For people without a Chinese input method: what the articles hold that sounds like the letters at the end of `q`, read as pinyin: whole syllables, initials or both, with or without spaces and apostrophes. Best first; words before titles.',
  request: { query: SuggestQuery },
  responses: {
    200: json(SuggestionsBody, 'Words and titles, or none'),
    ...problems([...LIBRARY, 'invalid']),
  },
})

/** GET /articles. */
export const articlesRoute = createRoute({
  method: 'get',
  path: '/articles',
  summary: 'List the articles',
  request: { query: PageQuery },
  responses: { 200: json(ArticlesBody, 'One page of the list'), ...problems([...LIBRARY, 'invalid']) },
})

/** GET /articles/{id}. */
export const articleRoute = createRoute({
  method: 'get',
  path: '/articles/{id}',
  summary: 'Read an article',
  description: 'JSON; a browser that asks for text/html gets the page, opened at the article.',
  request: { params: IdParam },
  responses: {
    200: {
      description: 'The article',
      content: {
        'application/json': { schema: ArticleBody },
        'text/html': { schema: { type: 'string' as const } },
      },
    },
    ...NOT_MODIFIED,
    ...problems([...LIBRARY, 'not-found', 'page-missing']),
  },
})

/** GET /files/{id}. */
export const fileRoute = createRoute({
  method: 'get',
  path: '/files/{id}',
  summary: 'Read an original file',
  description: 'The text as it was read; `ranges` count in it.',
  request: { params: IdParam },
  responses: {
    200: text('text/plain', 'The whole text'),
    ...NOT_MODIFIED,
    ...problems([...LIBRARY, 'not-found']),
  },
})

/** GET /files/{id}/original. */
export const originalRoute = createRoute({
  method: 'get',
  path: '/files/{id}/original',
  summary: 'Take the bytes of an original file',
  description:
    'What lies on the disk now, byte for byte, so that its SHA-256 can be held against `fileSha256`; `charset` says how it was decoded. For a line of a `.jsonl`: its text in UTF-8.',
  request: { params: IdParam },
  responses: {
    200: text('text/plain', 'The bytes, as a download'),
    ...NOT_MODIFIED,
    ...problems([...LIBRARY, 'not-found']),
  },
})

/** GET /index. */
export const indexRoute = createRoute({
  method: 'get',
  path: '/index',
  summary: 'What is the index, and is it that of the files?',
  responses: { 200: json(IndexBody, 'The index that is served'), ...problems([]) },
})

/** POST /index. */
export const renewRoute = createRoute({
  method: 'post',
  path: '/index',
  summary: 'Build the index again',
  description:
    'In the background: what is served is served until the new one is there, and after a build that failed. GET /index says how far it is and how it ended. There is never more than one build.',
  request: { body: { required: true, content: { 'application/json': { schema: RenewBody } } } },
  responses: {
    200: json(IndexBody, 'Nothing to do: the files are those that are served'),
    202: json(IndexBody, 'It is being built, since now or before'),
    ...problems(['too-large', 'unsupported-type', 'invalid', 'starting']),
  },
})

/** POST /feedback. */
export const feedbackRoute = createRoute({
  method: 'post',
  path: '/feedback',
  summary: 'Say whether an extract is right',
  description:
    'Kept on this server alone, in `feedback.jsonl` beside the index; `chuchu feedback` prints it as a set of questions for `chuchu eval`. Not there when CHUCHU_FEEDBACK is false.',
  request: { body: { required: true, content: { 'application/json': { schema: FeedbackBody } } } },
  responses: {
    201: json(FeedbackKeptBody, 'It is kept'),
    ...problems(['too-large', 'unsupported-type', 'invalid', 'feedback-full']),
  },
})

/** GET /healthz. */
export const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Is the process up?',
  responses: { 200: json(HealthBody, 'Yes'), ...problems([]) },
})

/** GET /readyz. */
export const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Can questions be asked?',
  description:
    'A 503 holds `index` and `models` too, so that progress can be followed. `model-unavailable`: a model is down and `detail` says why; POST /ask and POST /search answer without it, with `degraded`.',
  responses: {
    200: json(ReadyBody, 'Index and models are loaded'),
    ...problems(['starting', 'building', 'index-unavailable', 'model-unavailable']),
  },
})

/** GET /metrics. */
export const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Counts for Prometheus',
  responses: { 200: text('text/plain', 'Prometheus text format 0.0.4'), ...problems([]) },
})

/** GET /openapi.json. */
export const openapiRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  summary: 'This description',
  responses: {
    200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1'),
    ...problems([]),
  },
})

/** GET /docs. */
export const docsRoute = createRoute({
  method: 'get',
  path: '/docs',
  summary: 'This description as a page',
  responses: { 200: text('text/html', 'A page without scripts'), ...problems([]) },
})

/** GET /. */
export const pageRoute = createRoute({
  method: 'get',
  path: '/',
  summary: 'The chat page',
  responses: { 200: text('text/html', 'The page'), ...NOT_MODIFIED, ...problems(['page-missing']) },
})
