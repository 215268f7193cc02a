// Prints questions made by rule from news, in the form of bench/windows.ts: what the reader is trained on besides written ones.
//   npx tsx bench/cloze.ts --data FOLDER [--articles N] > cloze.jsonl
// An amount, a time, a person, a place, an organisation, a cause, a list or a name is taken out of a clause and asked for.
// Near misses are other parts of the same article and parts of other articles that BM25 finds and that lack a word of the
// question. Nothing of 2026 (benches measure with it), nothing that the news questions were written about.
import { sentences } from '../src/text/sentences.ts'
import { chance, pick, questionsOf, reworded } from './cloze-rules.ts'
import { dataFolder } from './lab.ts'
import { answering, newsOf, openNewsParts, type Row, silent } from './news-parts.ts'

const articlesWanted = Number(process.argv[process.argv.indexOf('--articles') + 1]) || 9000
const data = dataFolder()
const { parts, segmenter, misses } = openNewsParts(data, newsOf(data), articlesWanted)

for (const [at, part] of parts.entries()) {
  const { text, passage } = part
  if (chance(text, 'asked') > 0.5) continue
  const all = sentences(text).flatMap(([from, to]) =>
    questionsOf(text.slice(from, to), segmenter).map((one) => ({
      ...one,
      start: one.start + from,
      end: one.end + from,
    })),
  )
  if (all.length === 0) continue
  const kinds = [...new Set(all.map(({ kind }) => kind))]
  const kind = pick(kinds, text, 'kind')
  const one = pick(
    all.filter((other) => other.kind === kind),
    text,
    'one',
  )
  const question = reworded(one.question)
  const others = misses(question, text.slice(one.start, one.end), passage, at)
  const row: Row = {
    question,
    kind: one.kind,
    passage: `${passage}#${at}`,
    windows: [answering(part, one.start, one.end), ...others.map(silent)],
  }
  console.log(JSON.stringify(row))
}
