/** The requests of the control socket about pings, by name. The caller is the administrator of this server's host. */
import { count, orNull, strict, text } from '../../shared/reading.ts'
import { ok } from '../../shared/result.ts'
import type { MachineEntry } from '../views/machine-entry.ts'
import { findClient, findMachine } from './operations/find.ts'
import { listPings, newPing, removePing, renewPing } from './operations/pings.ts'
import { request } from './request.ts'

const Named = { machine: text(200), name: text(256) }

/** Name of a request → what it takes and does. */
export const PING_REQUESTS = {
  'ping.new': request(
    strict({ ...Named, everyMs: count(), graceMs: count() }),
    async (services, { machine, ...order }) => {
      const entry = findMachine(services, machine)
      return entry.ok ? newPing(services, entry.value, order) : entry
    },
  ),
  'ping.list': request(strict({ client: orNull(text(128)) }), async (services, { client }) => {
    const { fleet, directory } = services
    const entry = client === null ? null : findClient(services, client)
    if (entry !== null && !entry.ok) return entry
    const entries: MachineEntry[] = []
    for (const state of fleet.states(entry?.value.client.id)) {
      const machine = directory.entryOf(state)
      if (machine !== null) entries.push(machine)
    }
    return ok(listPings(services, entries))
  }),
  'ping.remove': request(strict(Named), async (services, { machine, name }) => {
    const entry = findMachine(services, machine)
    return entry.ok ? removePing(services, entry.value, name) : entry
  }),
  'ping.renew': request(strict(Named), async (services, { machine, name }) => {
    const entry = findMachine(services, machine)
    return entry.ok ? renewPing(services, entry.value, name) : entry
  }),
} as const
