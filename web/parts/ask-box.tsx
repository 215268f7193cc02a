import type { JSX, RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { Conversation } from '../conversation.ts'
import { dayOf } from '../day.ts'
import { asksSomething, overOf } from '../question.ts'
import { type Suggesting, useSuggestions } from '../suggestions.ts'
import { useTexts } from '../texts.ts'
import type { Texts } from '../texts.zh.ts'
import { FilterPanel, type Filters, filterText } from './filters.tsx'
import { pointsTo, SuggestionList } from './suggestion-list.tsx'

interface Props {
  readonly talk: Conversation
  readonly boxRef: RefObject<HTMLTextAreaElement | null>
  readonly draft: string
  readonly onDraft: (draft: string) => void
  readonly onSend: (question: string) => void
  /** Shows which keys do what. */
  readonly onKeys: () => void
}

/** Code points left from which the page says so. */
const NEAR = 60

/** The one question box. */
export const AskBox = (props: Props): JSX.Element => {
  const { talk, draft } = props
  const { view } = talk.place
  const t = useTexts()
  const [fault, setFault] = useState('')
  const [limiting, setLimiting] = useState(false)
  const suggesting = useSuggestions(props.boxRef, draft, props.onDraft)
  const send = () => {
    const found = faultOf(draft, view, t.box)
    setFault(found)
    if (found === '') props.onSend(draft.trim())
    else props.boxRef.current?.focus()
  }
  const onSubmit = (event: Event) => {
    event.preventDefault()
    send()
  }
  return (
    <form class="ask" aria-label={t.box.form} onSubmit={onSubmit}>
      {limiting && <FilterPanel filters={view} onFilters={(filters) => talk.look({ ...view, ...filters })} />}
      <div class="box">
        <Box {...props} suggesting={suggesting} fault={fault} onFault={setFault} onEnter={send} />
        <SuggestionList of={suggesting} />
        {talk.pending ? (
          <button type="button" class="strong" onClick={talk.stop}>
            {t.box.stop}
          </button>
        ) : (
          <button type="submit" class="strong">
            {t.box.send}
          </button>
        )}
      </div>
      <p class="under">
        <button type="button" class="quiet" aria-expanded={limiting} onClick={() => setLimiting(!limiting)}>
          {filterText(view) === '' ? t.box.filters : t.box.filtersOn(filterText(view))}
        </button>
        <button type="button" class="quiet keys" onClick={props.onKeys}>
          {t.shortcuts.title}
        </button>
        <Hint draft={draft} fault={fault} proposed={suggesting.items.length} />
      </p>
    </form>
  )
}

interface BoxProps extends Props {
  readonly suggesting: Suggesting
  readonly fault: string
  readonly onFault: (fault: string) => void
  readonly onEnter: () => void
}

const Box = (props: BoxProps): JSX.Element => {
  const { talk, boxRef, draft, onDraft, suggesting, fault, onFault, onEnter } = props
  const t = useTexts()
  const last = talk.turns.at(-1)?.asked.question ?? ''
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a composition belongs to the input method. Safari reports it as 229 after the composition.
    if (event.isComposing || event.keyCode === 229 || suggesting.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      onEnter()
    } else if (event.key === 'ArrowUp' && draft === '' && last !== '') {
      event.preventDefault()
      onDraft(last)
    }
  }
  return (
    <>
      <label class="unseen" for="question">
        {t.box.label}
      </label>
      <textarea
        id="question"
        ref={boxRef}
        rows={rowsOf(draft)}
        value={draft}
        placeholder={talk.turns.length > 0 ? t.box.followUp : t.box.placeholder}
        enterkeyhint="send"
        autocomplete="off"
        aria-describedby="question-hint"
        aria-invalid={fault !== '' || overOf(draft) > 0}
        // A textbox, since a <textarea> may be no combobox; that there is a list, and how long, the hint says.
        aria-haspopup="listbox"
        {...pointsTo(suggesting)}
        {...suggesting.on}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          onFault('')
          onDraft(event.currentTarget.value)
          suggesting.onTyped()
        }}
      />
    </>
  )
}

interface HintProps {
  readonly draft: string
  readonly fault: string
  /** Suggestions shown. */
  readonly proposed: number
}

/** What keeps the question from being sent, what is proposed, how much room is left, or which keys do what. */
const Hint = ({ draft, fault, proposed }: HintProps): JSX.Element => {
  const t = useTexts()
  const over = overOf(draft)
  const told = fault || (over > 0 ? t.box.tooLong(over) : '')
  const said = over > -NEAR ? t.box.left(-over) : <span class="keys">{t.box.hint}</span>
  return (
    <span id="question-hint" role="status" class={told === '' ? 'note' : 'fault'}>
      {told || (proposed > 0 ? t.suggest.found(proposed) : said)}
    </span>
  )
}

const faultOf = (draft: string, filters: Filters, words: Texts['box']): string => {
  if (draft.trim() === '') return words.empty
  if (!asksSomething(draft)) return words.wordless
  if (overOf(draft) > 0) return words.tooLong(overOf(draft))
  const [from, to] = [dayOf(filters.from), dayOf(filters.to)]
  if (from === null || to === null) return words.day
  return from !== '' && to !== '' && from > to ? words.order : ''
}

/** Rows for browsers that do not size the field by its content. */
const rowsOf = (draft: string): number =>
  Math.min(
    6,
    draft.split('\n').reduce((rows, line) => rows + 1 + Math.floor(line.length / 36), 0),
  )
