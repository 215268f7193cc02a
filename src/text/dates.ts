const DATE =
  /^\s*([12]\d{3})(?:\s*(?:[-/.]|年)\s*(\d{1,2})(?:\s*(?:[-/.]|月)\s*(\d{1,2})\s*(?:日|号)?|\s*月)?|\s*年)?(?:[T\s][\d:：.+\-Z\s星期一二三四五六日天上下午]{0,40})?$/
const COMPACT = /^([12]\d{3})(\d{2})(\d{2})$/

/** 2020-05-12, 2020/5/12, 2020年5月12日, 20200512, with or without a time → YYYY-MM-DD, as exact as given; else null. */
export const isoDate = (given: string | null | undefined): string | null => {
  if (given === null || given === undefined || given.length > 80) return null
  const match = COMPACT.exec(given.trim()) ?? DATE.exec(given)
  if (match === null) return null
  const [, year, month, day] = match
  if (month === undefined) return year ?? null
  if (Number(month) < 1 || Number(month) > 12) return null
  const toMonth = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return toMonth
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return Number(day) >= 1 && Number(day) <= lastDay ? `${toMonth}-${day.padStart(2, '0')}` : null
}

/** Days by which a dateline is older than the paper it stands in, at most. */
const OLDEST = 31
const DAY_ms = 86_400_000

/**
 * The day of a dateline without a year, when a day that is known says the year: the day itself or one of the month
 * before it (a dispatch may be dated a day ahead of its page). null when neither year fits: nothing is guessed.
 */
export const datedBy = (month: number, day: number, known: string | null): string | null => {
  if (known === null || known.length !== 10) return null
  const reference = Date.parse(known)
  const year = Number(known.slice(0, 4))
  const fits = [year - 1, year, year + 1].flatMap((guess) => {
    const date = isoDate(`${guess}-${month}-${day}`)
    const age = date === null ? Infinity : (reference - Date.parse(date)) / DAY_ms
    return date !== null && age >= -1 && age <= OLDEST ? [date] : []
  })
  return fits[0] ?? null
}

/** The day in the name of a file: 2020-05-25.txt, 大连日报_20200525_03.txt; null when there is none or more than one. */
export const dayOfName = (name: string): string | null => {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const days = [
    ...base.matchAll(/(?<!\d)((?:19|20)\d{2})([-_.年]?)(\d{1,2})(?:\2|月)(\d{1,2})(?!\d)/g),
  ].flatMap(([, year = '', mark, month = '', day = '']) =>
    mark === '' && (month.length < 2 || day.length < 2) ? [] : [isoDate(`${year}-${month}-${day}`)],
  )
  return days.length === 1 ? (days[0] ?? null) : null
}
