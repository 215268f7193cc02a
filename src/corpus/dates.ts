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
