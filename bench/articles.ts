// Writes what the repair makes of a folder of .txt files, in the form the article scorer reads.
//   npx tsx bench/articles.ts --texts DIR --out got.json [--explain]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repair } from '../src/corpus/repair/repair.ts'

const { values: options } = parseArgs({
  options: { texts: { type: 'string' }, out: { type: 'string', default: 'got.json' } },
})
const folder = options.texts ?? 'seeds'
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((file) => {
    const { articles } = repair(readFileSync(join(folder, file), 'utf8'))
    return {
      file,
      articles: articles.map((article) => ({
        title: article.title?.text ?? null,
        titleRanges: article.title?.ranges ?? [],
        subtitleRanges: article.subtitle?.ranges ?? [],
        bylineRanges: article.byline?.ranges ?? [],
        date: article.date,
        source: article.source,
        section: article.section,
        byline: article.byline?.text ?? null,
        paragraphs: article.paragraphs,
      })),
    }
  })
writeFileSync(options.out, JSON.stringify({ files }))
console.error(`${files.length} files, ${files.reduce((sum, file) => sum + file.articles.length, 0)} articles`)
