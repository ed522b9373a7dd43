/** Part 9: risks that somebody accepted, with who, why and until when. Pure. */
import type { AcceptedRisksPart } from '../report/report-parts.ts'
import type { Acceptance } from '../visit.ts'
import type { Scene } from './report-input.ts'
import { ruleName, titleOf } from './said.ts'

/** @returns the part; the first to end comes first. */
export function acceptedPart(scene: Scene): AcceptedRisksPart {
  const { parts } = scene.texts
  const sorted = [...scene.input.acceptances].sort((a, b) => a.until - b.until)
  return {
    heading: parts.accepted,
    columns: { risk: parts.col_risk, who: parts.col_who, reason: parts.col_reason, until: parts.col_until },
    rows: sorted.map((acceptance) => ({
      risk: riskOf(scene, acceptance),
      who: acceptance.by,
      reason: acceptance.reason,
      until: scene.day(acceptance.until),
    })),
    none: parts.acceptedNone,
  }
}

/** @returns the machine and what is found there; the rule's name when it is not found any more. */
export function riskOf(scene: Scene, { machineId, rule, item }: Acceptance): string {
  const machine = scene.input.machines.find(({ id }) => id === machineId)
  const finding = machine?.findings.find((one) => one.rule === rule && one.item === item && one.resolvedAt === null)
  const what = finding === undefined ? ruleName(rule, scene) : titleOf(finding, scene)
  return scene.texts.parts.about(scene.nameOf(machineId), what)
}
