/** Naming machines and saying what they are for. */
import type { Role } from '../../../shared/checks/names.ts'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import type { MachineEntry } from '../../views/machine-entry.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, type Operation, refuse } from './operation.ts'

/** Says where a machine stands and who uses it, for the walk list. */
export async function placeMachine(
  services: Services,
  caller: Caller,
  { state, client }: MachineEntry,
  change: { readonly place: string; readonly person: string },
): Operation<{ readonly id: string; readonly place: string; readonly person: string }> {
  const place = cleanName(change.place, 256) ?? ''
  const person = cleanName(change.person, 256) ?? ''
  const saved = await services.store.client(client.id).placeMachine(state.id, place, person)
  if (saved === 'absent') return refuse('absent', 'There is no such machine.')
  await audit(services, caller, 'machine placed', client.id, `${state.name}: ${place}, ${person}`)
  await services.after.machine(client.id, state.id)
  return ok({ id: state.id, place, person })
}

/** @param role null: the chassis decides; `keep`: as it was stated, or not, before. */
export async function changeMachine(
  services: Services,
  caller: Caller,
  { state, client }: MachineEntry,
  change: { readonly name: string; readonly role: Role | 'keep' | null },
): Operation<{ readonly id: string; readonly name: string; readonly role: Role | null }> {
  const name = cleanName(change.name, 64)
  if (name === null) return refuse('invalid', 'A machine needs a name of at most 64 characters.')
  const role = change.role === 'keep' ? (services.fleet.kept(state.id)?.statedRole ?? null) : change.role
  const saved = await services.store.client(client.id).renameMachine(state.id, name, role)
  if (saved === 'absent') return refuse('absent', 'There is no such machine.')
  await audit(services, caller, 'machine changed', client.id, `${state.name} -> ${name} (${role ?? 'by chassis'})`)
  await services.after.machine(client.id, state.id)
  return ok({ id: state.id, name, role })
}
