/** Part 2: what the manager is asked to decide, and what was decided. Pure. */
import type { Decision, DecisionAnswer, DecisionsPart } from '../report/report-parts.ts'
import type { Recommendation } from '../visit.ts'
import type { Scene } from './report-input.ts'

const SHOWN = 5
const MARKS = { do: 'good', accept: 'accepted', defer: null } as const

/** @returns the five that are asked most, and of the others those that were decided: an answer keeps its name and date. */
export function decisionsPart(scene: Scene): DecisionsPart {
  const { parts } = scene.texts
  const ranked = [...scene.input.recommendations].sort((a, b) => a.rank - b.rank)
  return {
    heading: parts.decisions,
    columns: { what: parts.col_what, cost: parts.col_cost, answer: parts.col_answer },
    items: ranked.filter(({ decision }, at) => at < SHOWN || decision !== null).map((one) => decisionOf(scene, one)),
    none: parts.decisionsNone,
  }
}

function decisionOf(scene: Scene, recommendation: Recommendation): Decision {
  const { texts, day, time } = scene
  const { parts } = texts
  const { what, why, otherwise, urgency, effortMinutes, dueAt } = recommendation
  return {
    what,
    why,
    inaction: { label: parts.inaction, text: otherwise },
    cost: costOf(scene, recommendation),
    costNote: effortMinutes === null ? null : parts.effort(time(effortMinutes)),
    advice: { label: parts.advice, text: parts[`urgency_${urgency}`] },
    due: dueAt === null ? null : parts.before(day(dueAt)),
    answer: answerOf(scene, recommendation),
  }
}

/** Whole euros; not known is to be quoted, never nothing. */
function costOf({ f, texts: { parts } }: Scene, { costLow, costHigh }: Recommendation): string {
  const low = costLow ?? costHigh
  const high = costHigh ?? costLow
  return low === null || high === null ? parts.costUnknown : parts.costRange(f.count(low), f.count(high))
}

function answerOf({ texts: { parts }, day }: Scene, { decision, dueAt }: Recommendation): DecisionAnswer {
  if (decision !== null) {
    const { answer, until, reason, by, at } = decision
    const choice = parts[`answer_${answer}`]
    return {
      kind: 'decided',
      state: MARKS[answer],
      short: parts.decidedShort(choice),
      choice,
      text: parts.decided(by, day(at), until === null ? null : day(until), reason),
    }
  }
  return {
    kind: 'open',
    short: dueAt === null ? parts.openUndated : parts.openShort(day(dueAt)),
    boxes: [
      { text: parts.box_do, blank: false },
      { text: parts.box_defer, blank: true },
      { text: parts.box_accept, blank: true },
    ],
    signature: parts.signature,
  }
}
