/** What was done and is not confirmed yet, shown at once: the visit as it will be when the server has taken it (ui.md 7). Pure. */
import type { ActionView, RecommendationView, RestoreTestView, VisitView } from '../../../../shared/api/visits.ts'
import type { Deed } from './deed.ts'

/** @returns the visit with the deeds applied in their order. */
export function showDeeds(view: VisitView, deeds: readonly Deed[]): VisitView {
  return deeds.reduce(showDeed, view)
}

function showDeed(view: VisitView, deed: Deed, at: number): VisitView {
  switch (deed.kind) {
    case 'tick':
      return showTick(view, deed)
    case 'action':
      return showAction(view, deed, at)
    case 'restore':
      return { ...view, restoreTests: [...view.restoreTests, testOf(deed, view.now, at)] }
    case 'decide':
      return onRecommendations(view, (one) =>
        one.id === deed.recommendation ? { ...one, decision: decisionOf(deed, view) } : one,
      )
    case 'recommend':
      return deed.id === null
        ? { ...view, recommendations: [...view.recommendations, recommendationOf(deed, at)] }
        : onRecommendations(view, (one) => (one.id === deed.id ? rewritten(one, deed) : one))
    case 'withdraw':
      return { ...view, recommendations: view.recommendations.filter(({ id }) => id !== deed.id) }
    case 'minutes':
      return { ...view, minutes: deed.minutes }
    case 'step':
    case 'propose':
    case 'edit':
      return view
  }
}

type Of<K extends Deed['kind']> = Extract<Deed, { kind: K }>

function showTick(view: VisitView, { action, body }: Of<'tick'>): VisitView {
  const tick = (one: ActionView): ActionView => {
    if (one.id !== action) return one
    const state = body.state ?? one.state
    return { ...one, state, minutes: body.minutes ?? one.minutes, note: body.note ?? one.note }
  }
  return {
    ...view,
    actions: view.actions.map(tick),
    promised: view.promised.map(tick),
    walk: view.walk.map((line) =>
      line.actionId === action && body.state !== null ? { ...line, done: body.state === 'done' } : line,
    ),
  }
}

function showAction(view: VisitView, { line, body }: Of<'action'>, at: number): VisitView {
  const { text, who, dueAt, needsHands, done, minutes, note, mends } = body
  const added: ActionView = {
    ...{
      id: `unsent ${at}`,
      madeIn: view.visit.date,
      text,
      who,
      dueAt,
      machine: null,
      mends,
      needsHands,
      minutes,
      note,
    },
    ...{ state: done ? 'done' : 'open', doneAt: done ? view.now : null, evidence: done ? 'word' : 'open' },
    provenAt: null,
  }
  return {
    ...view,
    actions: [...view.actions, added],
    walk: view.walk.map((item) => (line !== null && item.key === line ? { ...item, done } : item)),
  }
}

function testOf({ body, machine }: Of<'restore'>, now: number, at: number): RestoreTestView {
  const { machineId: _, at: testedAt, ...rest } = body
  return { ...rest, id: `unsent ${at}`, machine, at: testedAt ?? now }
}

function decisionOf({ body }: Of<'decide'>, view: VisitView): RecommendationView['decision'] {
  const { answer, until, reason, by } = body
  return answer === 'ask' ? null : { answer, until, reason, by, at: view.now }
}

function onRecommendations(view: VisitView, change: (one: RecommendationView) => RecommendationView): VisitView {
  return { ...view, recommendations: view.recommendations.map(change), decisions: view.decisions.map(change) }
}

function rewritten(one: RecommendationView, { body }: Of<'recommend'>): RecommendationView {
  const { about: _, ...rest } = body
  return { ...one, ...rest }
}

function recommendationOf({ body }: Of<'recommend'>, at: number): RecommendationView {
  const { about: _, ...rest } = body
  return { ...rest, id: `unsent ${at}`, visitDate: null, about: [], decision: null }
}
