/** Fact rows of the check `patch`: updates, database, automatic installation, restart, age of the lists. Pure. */
import type { FactKey } from '../../../shared/api/facts.ts'
import type { CheckFacts, Facts } from '../../facts/facts.ts'
import { blindRow, type RowDraft, rowOf, sampleOf, valueRow, yesNo } from './row.ts'

const NAMES_SHOWN = 10

/** Rows of `patch`. */
export function patchRows({ checks: { patch: facts } }: Facts): readonly RowDraft[] {
  const { manager, updates, database, automatic, failing, reboot } = facts.section
  return [
    rowOf({ facts, key: 'patch.updates', part: 'updates' }, updates, (value) => ({
      security: value.security,
      other: value.other,
      phased: value.phased,
      held: value.held,
      heldSecurity: value.heldSecurity,
      keptBack: value.keptBack,
      names: joinNames(value.securityUpdates.map(({ name }) => name)),
    })),
    rowOf({ facts, key: 'patch.failing', part: 'failing' }, failing, (list) => ({
      count: list.length,
      names: joinNames(list.map(({ name }) => name)),
    })),
    dateRow(facts, 'patch.list', 'list:refreshedAt', (refreshedAt) => ({ refreshedAt })),
    dateRow(facts, 'patch.upgrade', 'upgrade:lastAt', (lastAt) => ({ lastAt })),
    rowOf({ facts, key: 'patch.automatic', part: 'automatic' }, automatic, ({ enabled, mechanism }) => ({
      enabled: yesNo(enabled),
      mechanism,
    })),
    rowOf({ facts, key: 'patch.reboot', part: 'reboot' }, reboot, (value) => ({
      required: yesNo(value.required),
      reasons: value.reasons.join(', '),
      running: value.runningKernel,
      installed: value.installedKernel,
    })),
    rowOf({ facts, key: 'patch.database', part: 'database' }, database, ({ broken, problems }) => ({
      broken: yesNo(broken),
      problems: joinNames(problems),
    })),
    rowOf({ facts, key: 'patch.manager', part: 'manager' }, manager, ({ name }) => ({ name })),
  ]
}

function joinNames(names: readonly string[]): string {
  return names.slice(0, NAMES_SHOWN).join(', ')
}

/** A date that is a sample: unknown with the updates' own reason when those were not read. */
function dateRow<K extends FactKey & ('patch.list' | 'patch.upgrade')>(
  facts: CheckFacts<'patch'>,
  key: K,
  sample: string,
  values: (at: number | null) => Parameters<typeof valueRow<'patch', K>>[2],
): RowDraft {
  const row = { facts, key, part: 'updates' }
  const { updates } = facts.section
  const at = sampleOf(facts, sample)
  if (at !== null) return valueRow(row, updates.state === 'never' ? null : updates.source, values(at))
  if (updates.state !== 'value') return blindRow(row, updates)
  return blindRow(row, { state: 'failed', source: updates.source, code: 'empty', detail: '' })
}
