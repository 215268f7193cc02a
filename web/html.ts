/** Text, an element, or several of them. Text stays text: nothing of an article becomes markup. */
export type Piece = string | Element | readonly Piece[]

interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Piece[]
}

/** One element. Tags and names of attributes are ours; values and children may be anybody's. */
export const el = (
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Piece[]
): Element => ({ tag, attributes, children })

/** As HTML. */
export const markupOf = (piece: Piece): string => {
  if (typeof piece === 'string') return escapeText(piece)
  if (!('tag' in piece)) return piece.map(markupOf).join('')
  const { tag, attributes, children } = piece
  const names = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeText(value)}"`)
  return `<${tag}${names.join('')}>${children.map(markupOf).join('')}</${tag}>`
}

/** What a reader of the HTML sees, as `textContent` gives it. */
export const textOf = (piece: Piece): string => {
  if (typeof piece === 'string') return piece
  return ('tag' in piece ? piece.children : piece).map(textOf).join('')
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
