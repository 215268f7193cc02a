import type { JSX } from 'preact'
import { useTexts } from '../texts.ts'
import { DayField, Field } from './field.tsx'

/** What a question, or the list of articles, is limited to. Empty strings limit nothing; days may be half typed. */
export interface Filters {
  readonly from: string
  readonly to: string
  readonly source: string
}

export const NO_FILTERS: Filters = { from: '', to: '', source: '' }

/** The limits in a few words; empty when there are none. */
export const filterText = ({ from, to, source }: Filters): string =>
  [from !== '' || to !== '' ? `${from || '…'} – ${to || '…'}` : '', source].filter(Boolean).join('，')

interface Props {
  readonly filters: Filters
  readonly onFilters: (filters: Filters) => void
}

/** Fields for a span of dates and a source. */
export const FilterPanel = ({ filters, onFilters }: Props): JSX.Element => {
  const t = useTexts()
  const field = (name: keyof Filters) => ({
    name,
    label: t.box[name],
    value: filters[name],
    onValue: (value: string) => onFilters({ ...filters, [name]: value }),
  })
  return (
    <div class="filters">
      <DayField {...field('from')} />
      <DayField {...field('to')} />
      <Field kind="text" {...field('source')} />
      <button type="button" class="quiet" onClick={() => onFilters(NO_FILTERS)}>
        {t.box.clear}
      </button>
    </div>
  )
}
