/**
 * Two companies in one installation whose every text begins with a word of their own: names, sites, machines, people, jobs, notes,
 * decisions, minutes. Each has a visit that was sent, and one after it, through the operations that people use.
 */
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { systemClock } from '../../../server/clock.ts'
import { parseConfig } from '../../../server/config.ts'
import { addClient } from '../../../server/control/operations/clients.ts'
import { answerRecommendation } from '../../../server/control/operations/decisions.ts'
import { placeMachine } from '../../../server/control/operations/machines.ts'
import { addPerson } from '../../../server/control/operations/people.ts'
import { addAction, recordRestore, writeRecommendation } from '../../../server/control/operations/visit-work.ts'
import { editVisit, planVisit, takeStep } from '../../../server/control/operations/visits.ts'
import { createServer, type RunningServer } from '../../../server/main.ts'
import type { ClientEntry } from '../../../server/views/machine-entry.ts'
import { read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { sure } from '../../support/composed.ts'
import { tempFolder } from '../../support/tmp.ts'
import { aDrive, aJob, aVolume, HEALTHY, NOW } from '../assess/sections.ts'
import { aRecord, aSession } from '../http/house.ts'

/** One company: its word, and sessions of its own people as cookies. */
export type Company = {
  readonly word: string
  readonly entry: ClientEntry
  readonly machineId: string
  /** Dates of its visits, the last one last; both were sent. */
  readonly dates: readonly string[]
  readonly viewer: string
  readonly operator: string
}

type Made = Omit<Company, 'dates' | 'viewer' | 'operator'>

/** Both, on one server whose clock a test does not have to move. */
export type Companies = {
  readonly server: RunningServer
  readonly folder: string
  readonly companies: readonly [Company, Company]
  readonly owner: string
  close(): Promise<void>
}

const DATES = ['2026-09-16', '2026-10-14'] as const

/** @returns the sections of a server with a failing disk, a failed backup and an unread volume, all of that company. */
function sectionsOf(word: string) {
  const { hardware, os } = HEALTHY.system
  if (hardware.state !== 'value' || os.state !== 'value') throw new Error('the healthy server tells what it is')
  const destination = { kind: 'sftp', label: `${word}-nas`, sameDisk: false, offsite: true, encrypted: true } as const
  const status = read('backup/restic', { lastResult: 'failed', copies: 3, tooSmall: false } as const)
  return {
    ...HEALTHY,
    disk: {
      ...HEALTHY.disk,
      samples: [],
      drives: read('disk/smartctl', [
        aDrive({ key: `${word}-model/1`, model: `${word}-model`, serial: `${word}-serial` }, { passed: false }),
      ]),
      volumes: read('disk/volumes', [aVolume({ mount: `/${word}-volume`, device: `/dev/${word}` })]),
    },
    backup: {
      ...HEALTHY.backup,
      samples: [],
      jobs: read('backup/restic', [aJob({ id: `restic:${word}-job`, name: `${word}-job`, destination, status })]),
      holdsData: read('backup/holds-data', { holds: true, reason: 'databases', detail: `${word}-data` } as const),
    },
    system: {
      ...HEALTHY.system,
      os: { ...os, value: { ...os.value, name: `${word}-system` } },
      hardware: { ...hardware, value: { ...hardware.value, model: `${word}-box`, vendor: `${word}-maker` } },
    },
  }
}

async function addCompany(server: RunningServer, word: string): Promise<Made> {
  const { services, assessor } = server
  const order = { name: `${word} Works`, slug: null, language: 'en', timeZone: 'UTC', site: `${word} Hall` } as const
  const { id } = sure(await addClient(services, ADMINISTRATOR, order))
  const entry = services.directory.client(id)
  if (entry === null) throw new Error('the new client is not in the directory')
  const store = services.store.client(id)
  const machine = { id: `machine-${word}`, siteId: entry.sites[0]?.id ?? '', slug: 'srv', name: `${word}-SRV` } as const
  await store.addMachine({ ...machine, role: 'server', enrolledAt: NOW - DAY_MS })
  await store.saveRecords([aRecord(machine.id, NOW, sectionsOf(word))])
  await services.fleet.fillClient(services.store, id)
  assessor.start()
  await assessor.settled()
  await assessor.stop()
  const state = services.fleet.state(machine.id)
  if (state === null) throw new Error('the machine is not in the fleet')
  const site = entry.sites[0] ?? null
  const place = { place: `${word} room`, person: `${word} user` }
  sure(await placeMachine(services, ADMINISTRATOR, { state, client: entry.client, site }, place))
  return { word, entry, machineId: machine.id }
}

/** Carries one visit from planned to sent; every text that a person types begins with the word. */
async function visit({ services }: RunningServer, company: Made, date: string): Promise<void> {
  const { word, entry, machineId } = company
  const now = services.clock.now()
  const version = null
  const typed = { author: `${word} author`, recipient: `${word} manager` }
  sure(await planVisit(services, ADMINISTRATOR, entry, { date, time: '09:00', kind: 'periodic', ...typed }))
  const step = async (name: 'open' | 'close' | 'send') =>
    sure(await takeStep(services, ADMINISTRATOR, entry, date, { version, step: name, reason: '' }))
  await step('open')
  const about = [{ machineId, rule: 'disk/drive-failing', item: `${word}-model/1` }] as const
  const said = { what: `${word} what ${date}`, why: `${word} why`, otherwise: `${word} otherwise` }
  const money = { effortMinutes: 30, costLow: 10, costHigh: 20, urgency: 'now', dueAt: now + 30 * DAY_MS } as const
  const advice = { ...said, ...money, rank: 1, owner: `${word} owner`, about, version } as const
  sure(await writeRecommendation(services, ADMINISTRATOR, entry, date, null, { ...advice, about: [...about] }))
  const made = await services.store.client(entry.client.id).recommendations()
  const id = made.find(({ what }) => what === said.what)?.id ?? ''
  const answer = {
    answer: 'accept',
    until: now + 60 * DAY_MS,
    reason: `${word} reason`,
    by: `${word} decider`,
  } as const
  sure(await answerRecommendation(services, ADMINISTRATOR, entry, id, answer))
  const action = { text: `${word} action ${date}`, who: `${word} doer`, note: `${word} note`, dueAt: null, mends: null }
  const hands = { machineId, needsHands: true, minutes: null, done: false, version }
  sure(await addAction(services, ADMINISTRATOR, entry, date, { ...action, ...hands }))
  const test = {
    what: `${word} restored`,
    fromCopy: `${word} copy`,
    watchedBy: `${word} witness`,
    note: `${word} seen`,
  }
  const restored = { machineId, job: `restic:${word}-job`, at: null, durationMs: HOUR_MS, isUsable: true, version }
  sure(await recordRestore(services, ADMINISTRATOR, entry, date, { ...test, ...restored }))
  await step('close')
  const nothing = { date: null, time: null, kind: null, author: null, recipient: null, version }
  sure(await editVisit(services, ADMINISTRATOR, entry, date, { ...nothing, minutes: `## ${word} minutes` }))
  await step('send')
}

/** @returns the company with sessions of two people that it has, which begin now. */
async function withPeople({ services }: RunningServer, made: Made): Promise<Company> {
  const { word, entry } = made
  const cookie = async (role: 'viewer' | 'operator') => {
    const name = `${word} ${role}`
    const person = { email: `${role}@${word.toLowerCase()}.example`, name, role, language: 'en' } as const
    const added = sure(await addPerson(services, { ...person, clients: [entry.client.slug] }))
    return `rounds=${await aSession(services, added)}`
  }
  return { ...made, dates: DATES, viewer: await cookie('viewer'), operator: await cookie('operator') }
}

/** Makes all of it. @param words of the two companies. */
export async function openCompanies(words: readonly [string, string]): Promise<Companies> {
  const folder = tempFolder('canaries')
  let now = NOW
  const config = sure(parseConfig({ ROUNDS_DATA: folder, ROUNDS_PORT: '0' }, null, folder))
  const clock = { ...systemClock(), now: () => now }
  const server = sure(await createServer(config, { clock, random: () => 0.5, dashboardFolder: tempFolder('no-pages') }))
  const { services } = server
  const [one, two] = [await addCompany(server, words[0]), await addCompany(server, words[1])]
  for (const date of DATES) {
    now = Date.parse(`${date}T09:00:00Z`)
    for (const company of [one, two]) await visit(server, company, date)
  }
  const boss = { email: 'boss@example.org', name: 'Boss', role: 'owner', language: 'en', clients: [] } as const
  const owner = `rounds=${await aSession(services, sure(await addPerson(services, boss)))}`
  const companies = [await withPeople(server, one), await withPeople(server, two)] as const
  return { server, folder, companies, owner, close: () => server.close() }
}
