import type { Texts } from './texts.zh.ts'

/**
 * How a question was searched, in words. What differs in its script alone is told in the script it was searched in, unless
 * the page shows the question in that script anyway.
 */
export const understood = (
  asked: string,
  searched: string,
  { answer }: Texts,
  show: (question: string) => string,
): string => {
  if (show(searched) !== show(asked)) return answer.understoodAs(show(searched))
  return show(asked) === searched ? answer.simplified : answer.simplifiedTo(searched)
}
