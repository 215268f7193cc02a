import { Converter } from 'opencc-js/cn2t'

/** Simplified → traditional as written in Taiwan, characters alone: nobody's words are replaced by others. */
export const toTraditional: (text: string) => string = Converter({ from: 'cn', to: 'tw' })
