const FORM = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))$/

/** A day as it was typed (2020-05-01, 2020/5/1, 2020年5月1日, 20200501) as YYYY-MM-DD; empty stays so, null when it is no day. */
export const dayOf = (typed: string): string | null => {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return ''
  const [, year = '', ...rest] = FORM.exec(text) ?? []
  const [month = '', date = ''] = rest.filter((part) => part !== undefined)
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const time = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day) ? day : null
}
