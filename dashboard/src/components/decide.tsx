/** The manager's decision: one of four answers; two of them ask until when, and accepting a risk asks why (ui.md 4). */
import { useState } from 'preact/hooks'
import type { DecisionRequest } from '../../../shared/api/visit-changes.ts'
import type { RecommendationView } from '../../../shared/api/visits.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import { visitTexts } from '../state/visit-texts.ts'
import { addDays, dayOf, dayText, endOfDay } from '../text/zoned-day.ts'
import { Dialog } from './dialog.tsx'
import { Area, Field } from './fields.tsx'
import { makeVisible } from './given.tsx'

type DecisionView = NonNullable<RecommendationView['decision']>
type Answer = DecisionRequest['answer']
const ANSWERS: readonly Answer[] = ['do', 'defer', 'accept', 'ask']
/** Proposed until a person says otherwise: to the next quarterly visit, and half a year. */
const DAYS = { defer: 90, accept: 182 } as const

export type DecideProps = {
  readonly id: string
  readonly what: string
  readonly decision: DecisionView | null
  /** Words of the four answers: those of the operator, or of the manager. */
  readonly words: { readonly [A in Answer as `answer_${A}`]: string }
  readonly timeZone: string
  readonly f: Formatter
  /** Who answers; null: whoever is signed in, in their own name. */
  readonly by: string | null
  /** False: the answer is read only. */
  readonly mayAnswer: boolean
  /** Language of reasons, which go into the report; null: the reader's. */
  readonly lang: string | null
  readonly onAnswer: (answer: DecisionRequest) => void
}

/** @returns what stands as the answer, with name and date. */
export function answerText(decision: DecisionView | null, f: Formatter): string {
  const { work } = visitTexts.value
  if (decision === null) return work.noAnswer
  const by = makeVisible(decision.by)
  const date = f.date(decision.at)
  const until = decision.until === null ? '' : f.date(decision.until)
  if (decision.answer === 'do') return work.answered_do(by, date)
  return decision.answer === 'defer' ? work.answered_defer(by, date, until) : work.answered_accept(by, date, until)
}

type AskProps = DecideProps & { readonly answer: 'defer' | 'accept'; readonly onClose: () => void }

function Ask({ answer, onClose, timeZone, f, by: given, lang, what, onAnswer }: AskProps) {
  const { work, visits } = visitTexts.value
  const [day, setDay] = useState(addDays(dayOf(f.now, timeZone), DAYS[answer]))
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(given ?? '')
  const until = endOfDay(day, timeZone)
  const isReady = until !== null && until > f.now && (answer === 'defer' || reason.trim() !== '')
  const say = (event: Event): void => {
    event.preventDefault()
    if (!isReady) return
    onAnswer({ answer, until, reason, by: given === null ? '' : by })
    onClose()
  }
  const title = answer === 'defer' ? work.deferTitle : work.acceptTitle
  const date = until === null ? day : dayText(day, f)
  return (
    <Dialog label={title} onClose={onClose}>
      <h2>{title}</h2>
      <p class="soft">{answer === 'defer' ? work.deferText : work.acceptText}</p>
      <p {...(lang === null ? {} : { lang })}>
        <strong>{makeVisible(what)}</strong>
      </p>
      <form class="askform" onSubmit={say}>
        <Field label={work.until} type="date" value={day} onInput={setDay} required />
        {given !== null && <Field label={work.by} value={by} onInput={setBy} maxLength={128} />}
        <Area label={work.reason} value={reason} onInput={setReason} {...(lang === null ? {} : { lang })} />
        <div class="acts">
          <button class="btn first" type="submit" disabled={!isReady}>
            {answer === 'defer' ? work.deferDo(date) : work.acceptDo(date)}
          </button>
          <button class="btn bare" type="button" onClick={onClose}>
            {visits.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

export function Decide(props: DecideProps) {
  const { id, what, decision, words, f, by, mayAnswer, onAnswer } = props
  const { work } = visitTexts.value
  const [asked, setAsked] = useState<'defer' | 'accept' | null>(null)
  const chosen = asked ?? decision?.answer ?? null
  const choose = (answer: Answer): void => {
    if (answer === 'defer' || answer === 'accept') setAsked(answer)
    else onAnswer({ answer, until: null, reason: '', by: by ?? '' })
  }
  return (
    <fieldset class="plain">
      <legend class="vh">{work.decideAbout(makeVisible(what))}</legend>
      <div class="answer">
        {mayAnswer && (
          <div class="seg four">
            {ANSWERS.map((answer) => (
              <label key={answer}>
                <input
                  type="radio"
                  name={`decide-${id}`}
                  checked={chosen === answer}
                  onChange={() => choose(answer)}
                  // What is chosen already can be said anew, with another date.
                  onClick={() => chosen === answer && answer !== 'do' && choose(answer)}
                />
                {words[`answer_${answer}`]}
              </label>
            ))}
          </div>
        )}
        <span class="state">{answerText(decision, f)}</span>
      </div>
      {decision !== null && decision.reason !== '' && <p class="meta">{makeVisible(decision.reason)}</p>}
      {asked !== null && <Ask {...props} answer={asked} onClose={() => setAsked(null)} />}
    </fieldset>
  )
}
