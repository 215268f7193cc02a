import fc from 'fast-check'
import { expect, test } from 'vitest'
import { streamText } from '../../src/http/text-stream.ts'

test('a text comes whole in stretches of any length, its pairs uncut', async () => {
  const unit = fc.constantFrom('大', 'a', '\n', '𠀀', '😀', '\ud840', '\udc00')
  await fc.assert(
    fc.asyncProperty(fc.array(unit), fc.integer({ min: 2, max: 7 }), async (units, stretch) => {
      const text = units.join('')
      const stream = streamText((start, end) => text.slice(start, end), stretch)
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
      expect(bytes).toEqual(new TextEncoder().encode(text))
    }),
  )
})

test('a text is read no farther than it is taken', async () => {
  let read = 0
  const stream = streamText((start, end) => {
    read = end
    return '一'.repeat(end - start)
  }, 10)
  const reader = stream.getReader()
  await reader.read()
  await new Promise((done) => setTimeout(done, 20))
  expect(read).toBeLessThanOrEqual(30)
  await reader.cancel()
})

test('what cannot be read at all is said before anything is sent', () => {
  const read = () => {
    throw new Error('changed')
  }
  expect(() => streamText(read)).toThrow('changed')
})

test('what cannot be read ends the stream with an error, not with a shorter text', async () => {
  const stream = streamText((start) => {
    if (start > 0) throw new Error('changed')
    return '一'.repeat(10)
  }, 10)
  await expect(new Response(stream).text()).rejects.toThrow('changed')
})
