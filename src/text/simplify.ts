import { Converter } from 'opencc-js/t2cn'

const convert = Converter({ from: 't', to: 'cn' })
const known = new Map<string, string>()

/** One traditional character → simplified; anything else unchanged. Same length always, so offsets hold. */
export const simplifyCharacter = (character: string): string => {
  const seen = known.get(character)
  if (seen !== undefined) return seen
  const simple = convert(character)
  const result = simple.length === character.length ? simple : character
  known.set(character, result)
  return result
}

/**
 * Traditional text → simplified, words before characters (乾隆 stays, 乾淨 becomes 干净). For questions: lengths may change.
 * Taiwan's own words are left alone: their table also turns the mainland's 新增 into 添加.
 */
export const simplify = (text: string): string => convert(text)
