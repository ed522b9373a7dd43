/** The name of the machine's package manager for the texts of a finding, which name its own command. Pure. */
import type { PatchSection } from '../../shared/checks/patch.ts'

/** @returns `apt`, `dnf`, `windows-update`…; empty: not told. */
export function managerOf(manager: PatchSection['manager']): string {
  return manager.state === 'value' ? manager.value.name : ''
}
