/** One recommendation being written: what, why, what waiting costs, how soon, work, price, who, by when. */
import { useState } from 'preact/hooks'
import type { RecommendationView, VisitView } from '../../../../shared/api/visits.ts'
import { URGENCIES, type Urgency } from '../../../../shared/visits.ts'
import { Area, Choose, Field } from '../../components/fields.tsx'
import { visitTexts } from '../../state/visit-texts.ts'
import { dayOf, endOfDay } from '../../text/zoned-day.ts'
import type { Deed } from './deed.ts'
import type { OpenVisit } from './open-visit.ts'

/** As typed. */
type Draft = {
  readonly [K in 'what' | 'why' | 'otherwise' | 'hours' | 'low' | 'high' | 'owner' | 'due' | 'rank']: string
} & {
  readonly urgency: Urgency
}

const typed = (n: number | null): string => (n === null ? '' : String(n))
const MINUTES = 60

function draftOf(one: RecommendationView | null, { visit, timeZone, recommendations }: VisitView): Draft {
  const rank = typed(one?.rank ?? recommendations.length + 1)
  if (one === null)
    return {
      what: '',
      why: '',
      otherwise: '',
      hours: '',
      low: '',
      high: '',
      owner: visit.author,
      due: '',
      rank,
      urgency: 'quarter',
    }
  const { what, why, otherwise, effortMinutes, costLow, costHigh, owner, dueAt, urgency } = one
  return {
    ...{ what, why, otherwise, owner, urgency, rank, low: typed(costLow), high: typed(costHigh) },
    hours: effortMinutes === null ? '' : String(Math.round((effortMinutes / MINUTES) * 100) / 100),
    due: dueAt === null ? '' : dayOf(dueAt, timeZone),
  }
}

/** @returns null for nothing, or for what is no number. */
function numberOf(text: string): number | null {
  const n = Number(text.replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(n) || n < 0 ? null : n
}

const wholeOf = (text: string): number | null => {
  const n = numberOf(text)
  return n === null ? null : Math.round(n)
}

/** @returns the recommendation as the server takes it. */
export function recommendDeed(
  one: RecommendationView | null,
  draft: Draft,
  timeZone: string,
): Extract<Deed, { kind: 'recommend' }> {
  const hours = numberOf(draft.hours)
  const about = (one?.about ?? []).map(({ machine, rule, item }) => ({ machineId: machine.id, rule, item }))
  const { what, why, otherwise, urgency, owner } = draft
  const body = {
    ...{ what, why, otherwise, urgency, owner, about, costLow: wholeOf(draft.low), costHigh: wholeOf(draft.high) },
    rank: Math.max(1, wholeOf(draft.rank) ?? 1),
    effortMinutes: hours === null ? null : Math.round(hours * MINUTES),
    dueAt: endOfDay(draft.due, timeZone),
  }
  return { kind: 'recommend', said: what, id: one?.id ?? null, body }
}

type Props = { one: RecommendationView | null; open: OpenVisit; onEnd: () => void }
type SetDraft = (part: Partial<Draft>) => void

function Words({ draft, set, lang }: { draft: Draft; set: SetDraft; lang: string }) {
  const { work } = visitTexts.value
  return (
    <>
      <Area
        label={work.recommendWhat}
        value={draft.what}
        lang={lang}
        maxLength={500}
        onInput={(what) => set({ what })}
      />
      <Area label={work.recommendWhy} value={draft.why} lang={lang} onInput={(why) => set({ why })} />
      <Area
        label={work.recommendOtherwise}
        value={draft.otherwise}
        lang={lang}
        onInput={(otherwise) => set({ otherwise })}
      />
      <Choose
        label={work.recommendUrgency}
        value={draft.urgency}
        choices={URGENCIES.map((value) => ({ value, label: work[`urgency_${value}`] }))}
        onChoose={(urgency) => set({ urgency })}
      />
    </>
  )
}

function Numbers({ draft, set }: { draft: Draft; set: SetDraft }) {
  const { work } = visitTexts.value
  return (
    <>
      <Field label={work.recommendHours} value={draft.hours} onInput={(hours) => set({ hours })} />
      <Field label={work.recommendLow} type="number" value={draft.low} onInput={(low) => set({ low })} />
      <Field label={work.recommendHigh} type="number" value={draft.high} onInput={(high) => set({ high })} />
      <Field label={work.recommendOwner} value={draft.owner} maxLength={128} onInput={(owner) => set({ owner })} />
      <Field label={work.recommendDue} type="date" value={draft.due} onInput={(due) => set({ due })} />
      <Field label={work.recommendRank} type="number" value={draft.rank} onInput={(rank) => set({ rank })} />
    </>
  )
}

export function RecommendationForm({ one, open, onEnd }: Props) {
  const { work, visits } = visitTexts.value
  const { view, act } = open
  const [draft, setDraft] = useState(draftOf(one, view))
  const set: SetDraft = (part) => setDraft((old) => ({ ...old, ...part }))
  const save = (event: Event): void => {
    event.preventDefault()
    if (draft.what.trim() === '') return
    act(recommendDeed(one, draft, view.timeZone))
    onEnd()
  }
  return (
    <form class="decide askform two" onSubmit={save}>
      <Words draft={draft} set={set} lang={view.language} />
      <Numbers draft={draft} set={set} />
      <div class="acts wide">
        <button class="btn" type="submit" disabled={draft.what.trim() === ''}>
          {work.recommendSave}
        </button>
        <button class="btn bare" type="button" onClick={onEnd}>
          {visits.cancel}
        </button>
      </div>
    </form>
  )
}
