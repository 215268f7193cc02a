/** Where a command writes: data to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Colours on stdout. */
  readonly color: boolean
  /** A bar may be redrawn on stderr. */
  readonly live: boolean
  /** Columns of stderr. */
  readonly width: () => number
}

/** The real one. NO_COLOR is honoured (no-color.org); a closed pipe ends the process quietly, as `head` expects. */
export const openTerminal = (env: Readonly<Record<string, string | undefined>>): Terminal => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  process.stderr.on('error', () => undefined) // whoever read it has gone, and there is nobody to tell
  const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    color: process.stdout.isTTY === true && !plain,
    live: process.stderr.isTTY === true && env['TERM'] !== 'dumb',
    width: () => process.stderr.columns ?? 80,
  }
}

/** Text of articles may hold escape sequences: on a terminal they are shown, never obeyed. */
export const visible = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')

/** Columns a text takes: East Asian wide characters take two. */
export const columns = (text: string): number => {
  let sum = 0
  for (const character of text)
    sum +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1
  return sum
}
