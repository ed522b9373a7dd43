/** Sites and machines of one client. Statement bodies; the engine runs each in one transaction. */
import type { Role } from '../../../shared/checks/names.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { bytesOrNull, num, str } from '../row.ts'
import { all, one, reading, run, type Steps, writing } from '../statement.ts'
import type { Site } from '../store.ts'

function* sites(): Steps<readonly Site[]> {
  const rows = yield* all('SELECT id, name, slug FROM site ORDER BY name, id')
  return rows.map((row) => ({ id: str(row, 'id'), name: str(row, 'name'), slug: str(row, 'slug') }))
}

function* addSite({ id, name, slug }: Site): Steps<'added' | 'exists'> {
  const added = yield* run('INSERT INTO site (id, name, slug) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, name, slug)
  return added === 0 ? 'exists' : 'added'
}

type NewMachine = {
  readonly id: string
  readonly siteId: string
  readonly slug: string
  readonly name: string
  readonly role: Role | null
  readonly enrolledAt: EpochMs
}

/** Two PCs may carry one name: the second one's slug gets the next free number. */
function* freeSlug(slug: string): Steps<string> {
  const rows = yield* all('SELECT slug FROM machine')
  const taken = new Set(rows.map((row) => str(row, 'slug')))
  if (!taken.has(slug)) return slug
  let n = 2
  while (taken.has(`${slug}-${n}`)) n += 1
  return `${slug}-${n}`
}

function* addMachine({ id, siteId, slug, name, role, enrolledAt }: NewMachine): Steps<'added' | 'exists'> {
  if ((yield* one('SELECT num FROM machine WHERE id = ?', id)) !== null) return 'exists'
  const free = yield* freeSlug(slug)
  const made = yield* one(
    `INSERT INTO machine (id, site_id, slug, name, role, enrolled_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING num`,
    id,
    siteId,
    free,
    name,
    role,
    enrolledAt,
  )
  const machine = made === null ? 0 : num(made, 'num')
  yield* run(
    `INSERT INTO intake (machine, up_to, collected, day, day_bytes, day_records) VALUES (?, 0, '{}', 0, 0, 0)`,
    machine,
  )
  yield* run('INSERT INTO judgement (machine, version, assessed_q, due_at) VALUES (?, 0, 0, ?)', machine, enrolledAt)
  yield* run(`INSERT INTO judgement_text (machine, memory, outcomes) VALUES (?, '{}', '[]')`, machine)
  return 'added'
}

function* saveBuild(id: string, build: string): Steps<void> {
  yield* run('UPDATE machine SET build = ? WHERE id = ?', build, id)
}

function* renameMachine(id: string, name: string, role: Role | null): Steps<'saved' | 'absent'> {
  const saved = yield* run('UPDATE machine SET name = ?, role = ? WHERE id = ?', name, role, id)
  return saved === 0 ? 'absent' : 'saved'
}

function* placeMachine(id: string, place: string, person: string): Steps<'saved' | 'absent'> {
  const saved = yield* run('UPDATE machine SET place = ?, person = ? WHERE id = ?', place, person, id)
  return saved === 0 ? 'absent' : 'saved'
}

function* upTo(machineId: string, stream: Uint8Array): Steps<number> {
  const row = yield* one(
    'SELECT m.num, i.stream, i.up_to FROM machine m JOIN intake i ON i.machine = m.num WHERE m.id = ?',
    machineId,
  )
  if (row === null) return 0
  const current = bytesOrNull(row, 'stream')
  if (current !== null && Buffer.compare(current, stream) === 0) return num(row, 'up_to')
  const older = yield* one('SELECT up_to FROM stream WHERE machine = ? AND stream = ?', num(row, 'num'), stream)
  return older === null ? 0 : num(older, 'up_to')
}

/** Bodies of the client's methods about sites and machines. */
export const machineMethods = {
  sites: reading(sites),
  addSite: writing(addSite),
  addMachine: writing(addMachine),
  saveBuild: writing(saveBuild),
  renameMachine: writing(renameMachine),
  placeMachine: writing(placeMachine),
  upTo: reading(upTo),
}
