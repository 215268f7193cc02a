import { Converter } from 'opencc-js/t2cn'

/** Traditional → simplified, characters alone: nobody's words are replaced by others. */
export const toSimplified: (text: string) => string = Converter({ from: 'tw', to: 'cn' })
