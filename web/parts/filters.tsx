import type { JSX } from 'preact'
import { useTexts } from '../texts.ts'
import { Field } from './field.tsx'

/** What a question, or the list of articles, is limited to. Empty strings limit nothing. */
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

const KEYS = ['from', 'to', 'source'] as const

/** Fields for a span of dates and a source. */
export const FilterPanel = ({ filters, onFilters }: Props): JSX.Element => {
  const t = useTexts()
  return (
    <div class="filters">
      {KEYS.map((key) => (
        <Field
          key={key}
          kind={key === 'source' ? 'text' : 'date'}
          name={key}
          label={t.box[key]}
          value={filters[key]}
          onValue={(value) => onFilters({ ...filters, [key]: value })}
        />
      ))}
      <button type="button" class="quiet" onClick={() => onFilters(NO_FILTERS)}>
        {t.box.clear}
      </button>
    </div>
  )
}
