/** What the server may say of a file, in the order they are tried. Its words are English; texts.*.ts has others. */
const FORMS = {
  line: /^line (\d+) (.+)$/su,
  twin: /^holds the same bytes as (.+); left out$/su,
  empty: /^holds no text; left out$/u,
  locked: /^(?:folder )?cannot be (?:read|looked at) \((\w+)\); left out$/u,
  link: /^is a symbolic link/u,
  special: /^is not a regular file/u,
  large: /^has (\d+) bytes; the limit for \S+ is (\d+)/u,
  kind: /^(\d+) file\(s\) left out/u,
  binary: /^is binary \(it holds zero bytes/u,
  controls: /^is binary \(too many control characters/u,
  unknown: /^is in an encoding that is not known/u,
  guessed: /^its encoding is not certain; it was read as (\S+)$/u,
  mixed: /^byte (\d+) (?:begins a line|is not) /u,
  notArticle: /^is not an article \((.+)\); left out$/su,
  taken: /^has an id that is taken; it is called (.+)$/su,
  moreLines: /^(\d+) more lines with faults/u,
  noSentences: /^characters (\d+)-(\d+) hold lines but no sentences/u,
  deep: /^nested too deep/u,
} as const

/** Words for each, `%1` and `%2` standing for what the server names; null where its own words are fit to be read. */
export type Reasons = Readonly<Record<keyof typeof FORMS, string>> | null

/** What is wrong with a file, in other words; as the server said it when there are none for it. */
export const reasonIn = (message: string, reasons: Reasons): string => {
  if (reasons === null) return message
  for (const [reason, form] of Object.entries(FORMS)) {
    const found = form.exec(message)
    if (!found) continue
    const [, one = '', two = ''] = found
    const second = reason === 'line' ? reasonIn(two, reasons) : two
    return reasons[reason as keyof typeof FORMS].replace(/%[12]/g, (place) => (place === '%1' ? one : second))
  }
  return message
}
