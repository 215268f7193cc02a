/** Code points a question may have: the server's limit. */
const MOST = 500

/** Code points beyond the limit; negative while there is room. */
export const overOf = (question: string): number => [...question].length - MOST

/** A question has a letter or a digit: punctuation alone asks nothing. */
export const asksSomething = (question: string): boolean => /[\p{L}\p{N}]/u.test(question)
