/**
 * A text in an encoding that TextEncoder does not write: every byte and pair of bytes is decoded once to find its
 * character. What the encoding lacks becomes a question mark.
 */
export const encoded = (text: string, encoding: string): Buffer => {
  const bytesOf = new Map<string, readonly number[]>()
  const decoder = new TextDecoder(encoding)
  const learn = (...bytes: readonly number[]): void => {
    const character = decoder.decode(Uint8Array.from(bytes))
    if ([...character].length === 1 && character !== '\ufffd' && !bytesOf.has(character))
      bytesOf.set(character, bytes)
  }
  for (let high = 0; high <= 0xff; high++) {
    learn(high)
    if (high > 0x80) for (let low = 0x40; low <= 0xfe; low++) learn(high, low)
  }
  return Buffer.from([...text].flatMap((character) => bytesOf.get(character) ?? [63]))
}
