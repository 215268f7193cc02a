import type { Answer, Extract } from '../src/core/types.ts'
import type { AskBody } from '../src/http/requests.ts'
import { ODD, problemOfEvent, type Result, send } from './api.ts'
import { type ServerEvent, takeEvents } from './stream.ts'

/** What is asked. Filters that are empty limit nothing. */
export interface Asked {
  readonly question: string
  readonly history: readonly { readonly question: string }[]
  readonly from: string
  readonly to: string
  readonly source: string
  /** Extracts wanted; null leaves it to the server. */
  readonly top: number | null
}

/** POST /ask as a stream: each extract is handed on as it comes, the whole answer at the end. */
export const ask = async (
  asked: Asked,
  onExtract: (extract: Extract) => void,
  signal: AbortSignal,
): Promise<Result<Answer>> => {
  const sent = await send('ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(bodyOf(asked)),
    signal,
  })
  if (!sent.ok) return sent
  let result: Result<Answer> | null = null
  try {
    for await (const event of eventsOf(sent.value)) {
      if (event.event === 'extract') onExtract(JSON.parse(event.data) as Extract)
      if (event.event === 'answer') result = { ok: true, value: JSON.parse(event.data) as Answer }
      if (event.event === 'error') result = { ok: false, trouble: problemOfEvent(event.data) }
    }
  } catch (error) {
    return { ok: false, trouble: error instanceof SyntaxError ? ODD : { kind: 'unreachable' } }
  }
  return result ?? { ok: false, trouble: { kind: 'unreachable' } }
}

const bodyOf = (asked: Asked): AskBody => ({
  question: asked.question,
  ...(asked.history.length > 0 ? { history: asked.history } : {}),
  ...(asked.top === null ? {} : { top: asked.top }),
  ...Object.fromEntries(
    (['from', 'to', 'source'] as const).filter((key) => asked[key] !== '').map((key) => [key, asked[key]]),
  ),
})

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  const reader = response.body?.getReader()
  if (!reader) return
  const decoder = new TextDecoder()
  let buffer = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const taken = takeEvents(buffer + decoder.decode(part.value, { stream: true }))
    buffer = taken.rest
    yield* taken.events
  }
}
