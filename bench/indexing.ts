// How long does indexing take, and how much memory in all its processes?
//   npx tsx bench/indexing.ts --data FOLDER     (FOLDER/questions/corpus.jsonl, 2,308 passages)
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolder } from './lab.ts'
import { runChuchu } from './processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'chuchu-indexing-'))
mkdirSync(join(folder, 'corpus'))
copyFileSync(join(dataFolder(), 'questions', 'corpus.jsonl'), join(folder, 'corpus', 'corpus.jsonl'))
const run = runChuchu(['index', '--corpus', join(folder, 'corpus'), '--index', join(folder, 'index')])
const code = await run.ended
console.log(
  `indexed in ${run.seconds().toFixed(0)} s, at most ${run.peakMb()} MB in all processes (exit ${code})`,
)
rmSync(folder, { recursive: true })
