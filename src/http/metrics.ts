import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Answer } from '../core/types.ts'
import type { State } from './backend.ts'
import type { Queue } from './queue.ts'

export interface Metrics {
  /** `route` is a pattern, never a path, so that the number of series stays bounded. */
  readonly request: (route: string, method: string, status: number, took_ms: number) => void
  readonly answer: (answer: Answer) => void
  /** Text of GET /metrics. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** Seconds. An answer takes 5 to 100 ms; beyond 2.5 s lies the deadline. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Counts for Prometheus, in a registry of its own. */
export const makeMetrics = (state: () => State, queue: Queue): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'chuchu_http_request_duration_seconds',
    help: 'Time of a request',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const answers = new Counter({
    name: 'chuchu_answers_total',
    help: 'Answers by outcome: answered, nothing_found, not_sure',
    labelNames: ['outcome'],
    registers,
  })
  const stages = new Histogram({
    name: 'chuchu_answer_stage_duration_seconds',
    help: 'Time of the stages of an answer',
    labelNames: ['stage'],
    buckets: BUCKETS,
    registers,
  })
  addGauges(registers, state, queue)
  return {
    request: (route, method, status, took_ms) => requests.observe({ route, method, status }, took_ms / 1000),
    answer: (answer) => {
      answers.inc({ outcome: answer.reason ?? 'answered' })
      for (const stage of ['embed', 'search', 'read', 'total'] as const)
        stages.observe({ stage }, answer.timings[stage] / 1000)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const addGauges = (registers: Registry[], state: () => State, queue: Queue): void => {
  const add = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }
  add('chuchu_queue_running', 'Questions under way', () => queue.load().running)
  add('chuchu_queue_waiting', 'Questions in line', () => queue.load().waiting)
  add('chuchu_index_ready', '1 when an index is open', () => (state().index.state === 'ready' ? 1 : 0))
  add('chuchu_index_articles', 'Articles of the open index', () => state().index.info?.articles ?? 0)
  add('chuchu_index_passages', 'Passages of the open index', () => state().index.info?.passages ?? 0)
  add('chuchu_embedder_ready', '1 when the embedder answers', () =>
    state().models.embedder === 'ready' ? 1 : 0,
  )
}
