import { readFileSync } from 'node:fs'
import { ChuchuError } from '../core/errors.ts'
import { type Terminal, visible } from './terminal.ts'
import { type VerifyReport, verify } from './verify.ts'

/**
 * Checks the answers in a file (0 is standard input) and says what does not hold.
 * @returns whether all holds
 * @throws ChuchuError bad_input when it holds no answers
 */
export const checkAnswers = (
  path: string | 0,
  folders: readonly string[],
  flags: { readonly json?: boolean },
  terminal: Terminal,
): boolean => {
  const report = readAndVerify(path, folders)
  const sound = report.faults.length === 0
  if (flags.json) terminal.out(`${JSON.stringify({ sound, ...report })}\n`)
  else terminal.out(reportText(report))
  return sound
}

const readAndVerify = (path: string | 0, folders: readonly string[]): VerifyReport => {
  try {
    return verify(readFileSync(path, 'utf8'), folders)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ChuchuError('bad_input', `${path === 0 ? 'Standard input' : path} cannot be checked: ${why}`, {
      cause,
    })
  }
}

const reportText = ({ answers, extracts, faults }: VerifyReport): string => {
  const checked = `${extracts} extract${extracts === 1 ? '' : 's'} of ${answers} answer${answers === 1 ? '' : 's'}`
  if (faults.length === 0) return `ok: ${checked}, every character as in the files\n`
  const lines = faults.map(
    ({ answer, where, file, what }) =>
      `answer ${answer}, ${where}${file === null ? '' : ` (${visible(file)})`}: ${visible(what)}\n`,
  )
  return `${lines.join('')}FAILED: ${faults.length} fault${faults.length === 1 ? '' : 's'} in ${checked}\n`
}
