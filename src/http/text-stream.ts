/** UTF-16 code units read at a time: a file of 256 MB costs the memory of one such stretch, and others get their turn. */
const STRETCH = 1 << 18

/**
 * A long text as UTF-8, stretch by stretch, as fast as it is taken. `read` gives the text from one unit to another, '' behind
 * its end; what it throws ends the stream, so that nothing follows a text that changed meanwhile.
 */
export const streamText = (
  read: (start: number, end: number) => string,
  stretch: number = STRETCH,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  let at = 0
  const next = (): string => withoutHalf(read(at, at + stretch), stretch)
  let text = next() // before the head of the reply is sent: what fails here is a refusal
  return new ReadableStream({
    pull: (controller) => {
      if (text === '') return controller.close()
      controller.enqueue(encoder.encode(text))
      at += text.length
      text = next()
    },
  })
}

/** Without the first half of a pair that the stretch cuts; the next begins with it. */
const withoutHalf = (text: string, stretch: number): string =>
  text.length === stretch && stretch > 1 && /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
