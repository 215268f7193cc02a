import { setImmediate } from 'node:timers/promises'
import { decode } from '../encoding/decode.ts'
import type { Found } from '../folder.ts'
import { type Gather, sha256 } from '../gather.ts'
import { parseLine } from './jsonl.ts'
import { type ByteLine, byteLines } from './lines.ts'

/** Bad lines of one file that are reported one by one; the rest is counted. */
const NAMED_FAULTS = 20
/** Lines read before others get a turn. */
const TURN = 500

/** Reads a .jsonl: each line a file of its own, `name.jsonl#id`. A line that cannot be read is reported; others go on. */
export const readLines = async (
  file: Found,
  gather: Gather,
  onBytes: (read_bytes: number) => void,
): Promise<void> => {
  const ids = new Map<string, number>()
  let faults = 0
  for (const line of byteLines(file.path)) {
    if (line.number % TURN === 0) {
      onBytes(line.read_bytes)
      await setImmediate()
    }
    const fault = readLine(file, line, ids, gather)
    if (fault !== null && ++faults <= NAMED_FAULTS) gather.warn(file.name, `line ${line.number} ${fault}`)
  }
  if (faults > NAMED_FAULTS)
    gather.warn(file.name, `${faults - NAMED_FAULTS} more lines with faults are not listed`)
}

/** What is wrong with the line, or null. */
const readLine = (file: Found, line: ByteLine, ids: Ids, gather: Gather): string | null => {
  const decoded = decode(line.bytes)
  if (decoded.kind === 'refused') return `${decoded.reason}; left out`
  if (decoded.text.trim() === '') return null
  const parsed = parseLine(decoded.text)
  if (parsed.kind === 'bad') return `is not an article (${parsed.reason}); left out`
  const id = unused(parsed.id ?? String(line.number), ids)
  const { text } = parsed
  gather.add({ name: `${file.name}#${id}`, sha256: sha256(text), encoding: decoded.encoding, text }, [
    parsed.draft,
  ])
  if (parsed.id !== null && id !== parsed.id)
    return `has an id that is taken; it is called ${JSON.stringify(id)}`
  return decoded.warning ?? parsed.warning
}

/** The ids of earlier lines, each with the number that its next namesake may have. */
type Ids = Map<string, number>

/** The id, or the first of id~2, id~3 … that no earlier line has; remembered as taken. */
const unused = (id: string, ids: Ids): string => {
  let n = ids.get(id)
  while (n !== undefined && ids.has(`${id}~${n}`)) n++
  ids.set(id, (n ?? 1) + 1)
  if (n === undefined) return id
  const free = `${id}~${n}`
  ids.set(free, 2)
  return free
}
