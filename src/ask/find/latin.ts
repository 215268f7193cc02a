import type { Generation } from '../../core/ports.ts'
import { folded } from '../../text/fold.ts'
import { articleOf, passagesHolding } from '../question/standing.ts'

/**
 * OpenAI and Zilebesiran; shorter ones and those in capitals (IAEA) are abbreviations that an article may write out. 做iPhone的
 * tells apart who is asked about, whom the article may name.
 */
const NAME =
  /(?<![\p{Script=Latin}\d做造产卖])(?=\p{Script=Latin}*\p{Ll})\p{Script=Latin}{4,}(?![\p{Script=Latin}\d])/gu

/**
 * Is an article of something else than a question in Chinese names in Latin letters? It is when the name stands elsewhere
 * but nowhere in the article.
 */
export const makeIsOfOtherName = (asked: string, generation: Generation): ((article: number) => boolean) => {
  const names = /\p{Script=Han}/u.test(asked) ? (asked.match(NAME) ?? []) : []
  const articles = names
    .map((name) => passagesHolding(folded(name), generation))
    .filter((passages) => passages.size > 0)
    .map((passages) => new Set([...passages].map((passage) => articleOf(passage, generation))))
  return (article) => articles.some((of) => !of.has(article))
}
