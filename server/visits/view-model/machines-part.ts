/** Part 5: one row per machine, sorted by what needs doing. Pure. */
import { sayRule } from '../../../shared/text/rule-catalogue.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { MachineState } from '../../fleet/machine-state.ts'
import { type MachineTruth, machineTruth } from '../../views/machine-truth.ts'
import { ruleOf } from '../../views/problems.ts'
import { rankOf } from '../../views/standing-order.ts'
import type { MachineRow, MachinesPart } from '../report/report-parts.ts'
import type { Scene } from './report-input.ts'

const ACTIONS_SHOWN = 2

/** @returns the part. */
export function machinesPart(scene: Scene): MachinesPart {
  const { input, texts } = scene
  const { parts } = texts
  const rows = input.machines.map((state) => ({ state, truth: machineTruth(state, input.frozenAt) }))
  rows.sort((a, b) => rankOf(a.truth.standing) - rankOf(b.truth.standing))
  return {
    heading: parts.machines,
    columns: {
      state: parts.col_state,
      machine: parts.col_machine,
      disk: parts.col_disk,
      fullIn: parts.col_fullIn,
      patchAge: parts.col_patchAge,
      antivirus: parts.col_antivirus,
      encrypted: parts.col_encrypted,
      supportUntil: parts.col_supportUntil,
      action: parts.col_action,
    },
    rows: rows.map(({ state, truth }) => rowOf(scene, state, truth)),
    note: parts.machinesNote,
  }
}

function rowOf(scene: Scene, { name, role }: MachineState, truth: MachineTruth): MachineRow {
  const { parts } = scene.texts
  const { os, standing, disk, protection, encryption } = truth
  return {
    state: standing,
    machine: name,
    kind: os === null ? parts[`role_${role}`] : `${parts[`role_${role}`]}, ${os}`,
    disk: parts[`disk_${disk}`],
    fullIn: fullIn(scene, truth),
    patchAge: patchAge(scene, truth),
    antivirus: parts[`protection_${protection}`],
    encrypted: parts[`encryption_${encryption}`],
    supportUntil: support(scene, truth),
    action: actions(scene, truth),
  }
}

function fullIn({ f, texts: { parts } }: Scene, { fullIn: forecast }: MachineTruth): string {
  if (forecast.kind === 'not-proven') return parts.notProven
  if (forecast.kind === 'not-filling') return parts.notFilling
  return forecast.days * DAY_MS < MINUTE_MS ? parts.fullNow : f.span(forecast.days * DAY_MS)
}

function patchAge({ input, f, texts: { parts } }: Scene, { patch }: MachineTruth): string {
  if (patch.kind === 'none') return parts.noneWaiting
  return patch.kind === 'oldest' ? f.span(input.frozenAt - patch.since) : parts.notProven
}

function support({ input, f, texts: { parts } }: Scene, { supportUntil }: MachineTruth): string {
  if (supportUntil === null) return parts.notProven
  if (supportUntil === 'never') return parts.supportNever
  return supportUntil < input.frozenAt ? parts.supportEnded(f.date(supportUntil)) : f.date(supportUntil)
}

/** Names of the rules behind the worst problems, each once; what is accepted asks for nothing. */
function actions({ f, texts: { parts } }: Scene, { problems }: MachineTruth): string {
  const asking = problems.filter(({ standing }) => standing === 'urgent' || standing === 'attention')
  const names = [...new Set(asking.map((problem) => sayRule(ruleOf(problem), f.language).name))]
  return names.length === 0 ? parts.dash : names.slice(0, ACTIONS_SHOWN).join(', ')
}
