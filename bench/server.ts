// How soon is the server ready with its index there, how fast does it answer, how much memory does it hold?
//   npx tsx bench/server.ts [--questions FILE.jsonl]     (default: its own questions about seeds/)
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Item, readJsonl } from './lab.ts'
import { residentMb, runChuchu } from './processes.ts'

const PORT = 18_790
/** Values that `top` may have. */
const TOPS = 20
const at = process.argv.indexOf('--questions')
const questions =
  at > 0
    ? readJsonl<Item>(process.argv[at + 1] ?? '').map(({ question }) => question)
    : [
        '大连全年引进各类人才多少人',
        '瓦轴集团一季度收入涨了多少',
        '“市内四区”是哪四个区',
        '为什么外商看好大连',
        '大连地铁13号线啥时候通车',
      ]
const index = mkdtempSync(join(tmpdir(), 'chuchu-server-'))
const settings = ['--index', index, '--port', String(PORT), '--log', 'error']
if ((await runChuchu(['index', ...settings]).ended) !== 0) process.exit(1) // it has said why; most likely `npm run build` is due

const server = runChuchu(['serve', ...settings])
const isReady = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${PORT}/readyz`)
    .then(({ ok }) => ok)
    .catch(() => false)
while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 20))
console.log(`ready after ${server.seconds().toFixed(2)} s`)

/** Milliseconds of each question; `top` differs from round to round, so that no answer comes from memory. */
const ask = async (rounds: number): Promise<readonly number[]> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const question of questions) {
      const started = performance.now()
      const reply = await fetch(`http://127.0.0.1:${PORT}/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question, top: 1 + (round % TOPS) }),
      })
      await reply.text()
      if (!reply.ok) throw new Error(`status ${reply.status}`)
      times.push(performance.now() - started)
    }
  }
  return times.sort((x, y) => x - y)
}
const tell = (what: string, times: readonly number[]): void => {
  const share = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(1)
  console.log(
    `${times.length} ${what}, one at a time: p50 ${share(0.5)} ms  p95 ${share(0.95)} ms  p99 ${share(0.99)} ms`,
  )
}
tell('questions', await ask(TOPS))
tell('asked again', await ask(TOPS))
console.log(`${residentMb(server.child.pid ?? 0)} MB in server and model child`)
server.child.kill('SIGTERM')
await server.ended
rmSync(index, { recursive: true })
