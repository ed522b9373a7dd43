/** The headline: one state and one sentence about all machines in scope, and what stands under it. Pure. */
import type { Standing } from '../../../shared/severity.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import { DIALS, standingOfDial } from '../../views/dials.ts'
import { problemsAt, standingOfMachine } from '../../views/machine-summary.ts'
import { ruleOf } from '../../views/problems.ts'
import type { Cover } from '../report/visit-report.ts'
import { capital, countDial } from './dial-rows.ts'
import type { Scene } from './report-input.ts'

/** Machines by how they stand; each in one group, in the order of the snapshot. */
export type Groups = { readonly [S in Standing]: readonly MachineState[] }

const NAMED = 3

/** @returns every machine in its group. */
export function groupMachines({ input }: Scene): Groups {
  const of = (standing: Standing) =>
    input.machines.filter((state) => standingOfMachine(state, input.frozenAt) === standing)
  return {
    urgent: of('urgent'),
    attention: of('attention'),
    note: of('note'),
    'not-proven': of('not-proven'),
    accepted: of('accepted'),
    good: of('good'),
  }
}

/**
 * @returns the state of the whole, from the same counts as the dials and the machines: urgent over attention over not proven over good.
 * Never good while one machine in scope is bad, accepted or not known.
 */
export function verdictState({ input }: Scene, groups: Groups): Exclude<Standing, 'note' | 'accepted'> {
  if (groups.urgent.length > 0) return 'urgent'
  if (groups.attention.length > 0) return 'attention'
  const dials = DIALS.map((dial) => standingOfDial(countDial(input.machines, dial, input.frozenAt)))
  if (input.machines.length === 0 || dials.includes('not-proven')) return 'not-proven'
  const isOpen = groups.accepted.length + groups['not-proven'].length > 0 || dials.includes('attention')
  return isOpen ? 'attention' : 'good'
}

/** @returns the headline. */
export function verdictOf(scene: Scene): Cover['verdict'] {
  const groups = groupMachines(scene)
  const state = verdictState(scene, groups)
  return {
    state,
    word: capital(scene.texts.cover[`word_${state}`]),
    sentence: sentenceOf(scene, groups),
    text: underOf(scene, groups),
  }
}

/** What the sentence is about: the worst group that has machines. A not proven dial does not hide what is known to be bad. */
function sentenceOf(scene: Scene, groups: Groups): string {
  const { input, f, texts } = scene
  const { cover } = texts
  const total = input.machines.length
  const unknown = groups['not-proven'].length
  if (total === 0) return cover.sentence_empty
  for (const standing of ['urgent', 'attention'] as const) {
    const machines = groups[standing]
    if (machines.length === 0) continue
    const counts = {
      topics: topicsOf(scene, machines, standing),
      where: namesOf(scene, machines),
      bad: machines.length,
      unknown,
      total,
    }
    return cover[`sentence_${standing}`](counts)
  }
  const counts = { topics: '', where: '', bad: groups.accepted.length, unknown, total }
  if (unknown > 0) {
    const isAccepted = input.machines.some((state) =>
      problemsAt(state, input.frozenAt).some(({ standing }) => standing === 'accepted'),
    )
    return cover[isAccepted ? 'sentence_not-proven-accepted' : 'sentence_not-proven'](counts, f)
  }
  return groups.accepted.length > 0 ? cover.sentence_accepted(counts, f) : cover.sentence_good(counts, f)
}

/** The dials that are behind it, in the order of the page, then everything else. */
function topicsOf(
  { input, f, texts: { cover } }: Scene,
  machines: readonly MachineState[],
  standing: Standing,
): string {
  const subjects = new Set<string>()
  for (const state of machines) {
    for (const problem of problemsAt(state, input.frozenAt)) {
      if (problem.standing === standing) subjects.add(ruleOf(problem).split('/')[0] ?? '')
    }
  }
  const dials = DIALS.filter((dial) => subjects.has(dial)).map((dial) => cover[`dial_${dial}`])
  const hasOther = [...subjects].some((subject) => !DIALS.some((dial) => dial === subject))
  const names = hasOther || dials.length === 0 ? [...dials, cover.topic_machine] : dials
  return capital(f.list(names.map((name, i) => (i === 0 ? name : name.toLocaleLowerCase('fr')))))
}

/** @returns up to three names, or how many of how many. */
export function namesOf({ input, f, texts: { cover } }: Scene, machines: readonly MachineState[]): string {
  if (machines.length <= NAMED) return f.list(machines.map(({ name }) => name))
  return cover.some(machines.length, input.machines.length, f)
}

/** @returns up to three names and how many more. */
export function firstNames({ f, texts: { cover } }: Scene, names: readonly string[]): string {
  const shown = names.slice(0, NAMED)
  const more = names.length - shown.length
  return f.list(more > 0 ? [...shown, cover.andMore(more, f)] : shown)
}

function underOf(scene: Scene, groups: Groups): string {
  const { input, f, texts, day } = scene
  const { cover } = texts
  const sentences: string[] = []
  if (groups.urgent.length > 0 && groups.attention.length > 0) {
    sentences.push(cover.text_attention(groups.attention.length, f))
  }
  const unknown = groups['not-proven']
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name)
    sentences.push(cover.text_unknown(unknown.length, firstNames(scene, names), f))
  }
  const ends = input.acceptances.map(({ until }) => until)
  if (ends.length > 0) sentences.push(cover.text_accepted(ends.length, day(Math.min(...ends)), f))
  const waiting = input.recommendations.filter(({ decision }) => decision === null).length
  if (waiting > 0) sentences.push(cover.text_decisions(waiting, f))
  return sentences.join(' ')
}
