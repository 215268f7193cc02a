/** Chinese digits by their value. */
export const DIGITS = '零一二三四五六七八九'

const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 }

const digitOf = (han: string): number => Math.max(0, DIGITS.indexOf(han.replace('两', '二')))

/** A number in figures, in Chinese or in both: 1.2万 → 12,000, 1亿2000万, 三百二十, 十一, 两; 0 for what is none. */
export const numberOf = (written: string): number => {
  let [all, section, last] = [0, 0, 0]
  for (const [part] of written.replaceAll(',', '').matchAll(/[\d.]+|./gu)) {
    const scale = SCALES[part]
    if (scale === undefined) last = /\d/.test(part) ? Number(part) : digitOf(part)
    else if (scale < 1e4) [section, last] = [section + (last || 1) * scale, 0]
    else
      [all, section, last] = section + last > 0 ? [all + (section + last) * scale, 0, 0] : [all * scale, 0, 0]
  }
  return all + section + last
}

/** Digits one behind the other, as years are written: 二〇一八, 二零一八 → 2018. */
export const figuresOf = (han: string): string => [...han].map(digitOf).join('')

/** 31 → 三十一; below 100. */
export const hanOf = (number: number): string => {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return `${tens > 1 ? DIGITS.charAt(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS.charAt(ones) : ''}`
}
