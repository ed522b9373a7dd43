/**
 * A drive behind a RAID controller has failed, is missing, foretells its failure or counts media errors. The virtual drive above it
 * may still call itself optimal.
 *
 * Limits: failed or missing: critical. Foretold, foreign or being rebuilt: warning. Media errors: warning, critical when they grew within
 * 7 days. A drive whose state the tool does not tell, and a card that tells of no drive and no health, are unknown.
 */
import type { ControllerDrive } from '../../../shared/checks/disk.ts'
import type { Severity } from '../../../shared/severity.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, isWeaker, lacking, pass, type RuleContext, unknown } from '../rule.ts'

const STATES: { readonly [S in ControllerDrive['state']]: Severity | null } = {
  online: null,
  spare: null,
  unconfigured: null,
  unknown: null,
  rebuilding: 'warning',
  predicted: 'warning',
  foreign: 'warning',
  failed: 'critical',
  missing: 'critical',
}

/** Rule `disk/controller-drive-failing`; its limits stand at the top of this file. */
export const controllerDriveFailing = defineRule({
  id: 'disk/controller-drive-failing',
  needs: ['controllers'],
  limits: [],
  holdMs: 0,
  effortMinutes: 60,
  needsHands: true,
  *evaluate({ controllers }, context) {
    for (const { id, state, drives } of controllers) {
      if (drives.length === 0 && state === 'unknown') yield unknown(id, 'empty')
      for (const drive of drives) yield judge(id, drive, context)
    }
  },
})

function judge(controller: string, drive: ControllerDrive, context: RuleContext<never>) {
  const item = `${controller}/${drive.slot}`
  const { state, mediaErrors, model } = drive
  const entry = context.remembered(`card-drive:${item}:mediaErrors`)
  const grewBy = entry === null || mediaErrors === null ? 0 : context.grown(entry, 7 * DAY_MS).by
  const errors = (mediaErrors ?? 0) === 0 ? null : grewBy > 0 ? ('critical' as const) : ('warning' as const)
  const severity = STATES[state] === 'critical' || errors === 'critical' ? 'critical' : (STATES[state] ?? errors)
  const isLost = state === 'unknown' || (mediaErrors === null && entry !== null)
  if (severity !== null && isLost && isWeaker(item, severity, context)) return unknown(item, 'empty')
  if (severity !== null) {
    const values = { controller, drive: drive.slot, model: model ?? drive.slot, state, mediaErrors }
    return fail(item, severity, { ...values, grewBy: grewBy > 0 ? grewBy : null })
  }
  if (state === 'unknown') return unknown(item, 'parse')
  return isLost ? lacking(item, context, true) : pass(item)
}
