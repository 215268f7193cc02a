/** One event of a text/event-stream. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
}

/** Splits what has arrived so far into whole events and the rest. Comments and unknown fields are left out. */
export const takeEvents = (
  buffer: string,
): { readonly events: readonly ServerEvent[]; readonly rest: string } => {
  const blocks = buffer.split(/\r\n\r\n|\n\n|\r\r/)
  const rest = blocks.pop() ?? ''
  return { events: blocks.map(readEvent).filter((event) => event.data !== ''), rest }
}

const readEvent = (block: string): ServerEvent => {
  const data: string[] = []
  let event = 'message'
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
  }
  return { event, data: data.join('\n') }
}
