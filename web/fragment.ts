/** Characters of each end of a quotation that name it: few enough for an address, enough to be found once. */
const END = 12

/**
 * The address of a page where a text was first published, with a text fragment at which browsers that know them scroll
 * and highlight (wicg.github.io/scroll-to-text-fragment). null for anything that is not http or https.
 */
export const fragmentUrl = (address: string, text: string): string | null => {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  const characters = [...text.trim()]
  if (characters.length === 0) return url.href
  const ends = [characters.slice(0, END), characters.slice(-END)]
  const named = characters.length > 2 * END ? ends.map(encode).join(',') : encode(characters)
  return `${url.href}${url.hash === '' ? '#' : ''}:~:text=${named}`
}

/** A hyphen, a comma and an ampersand mean something in a fragment. */
const encode = (characters: readonly string[]): string =>
  encodeURIComponent(characters.join('').replace(/\p{Surrogate}/gu, '\ufffd')).replace(/-/g, '%2D')
