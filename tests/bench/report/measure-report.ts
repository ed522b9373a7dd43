/** Measures one filled demonstration: its visit is opened, its report written, a real agent acknowledged meanwhile. Not pure. */
import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { ADMINISTRATOR } from '../../../server/auth/access.ts'
import { parseConfig } from '../../../server/config.ts'
import { addClient } from '../../../server/control/operations/clients.ts'
import { newCode } from '../../../server/control/operations/codes.ts'
import { previewReport } from '../../../server/control/operations/visit-preview.ts'
import { readVisit, takeStep } from '../../../server/control/operations/visits.ts'
import { OFFICE_HOURS } from '../../../server/facts/working-hours.ts'
import { createServer, type RunningServer } from '../../../server/main.ts'
import type { ClientEntry } from '../../../server/views/machine-entry.ts'
import { typesetPdf } from '../../../server/visits/report/typeset-pdf.ts'
import { draftOrder } from '../../../server/visits/send-visit.ts'
import type { ReportInput } from '../../../server/visits/view-model/report-input.ts'
import { visitReportOf } from '../../../server/visits/view-model/visit-report-of.ts'
import { sure } from '../../support/composed.ts'
import type { AcksOrder } from './acks.ts'
import { type TurnWatch, watchTurns } from './turns.ts'

const RUNS = 9
const OPERATOR = { name: 'Claire Aubry', role: null, contact: null, color: null, logo: null }

/** Everything that one size gives, ms. Lists: one number for each run. */
export type Measured = {
  readonly viewModel: readonly number[]
  readonly pdf: readonly number[]
  readonly whole: readonly number[]
  readonly openTurn: number
  readonly reportTurns: readonly number[]
  readonly quietTurns: readonly number[]
  readonly sendTurn: number
  readonly quietAcks: readonly number[]
  readonly busyAcks: readonly number[]
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** @returns the configuration of a server on that data folder. */
export function configOf(folder: string) {
  return sure(parseConfig({ ROUNDS_DATA: folder, ROUNDS_PORT: '0' }, null, '/'))
}

/** Measures the two parts that the child process does, in this process. The first PDF loads the typesetter and is left out. */
async function measureParts({ services }: RunningServer, entry: ClientEntry, visitId: string) {
  const desk = sure(await readVisit(services, entry, visitId))
  const { clientId: _id, name: _name, previousManifest: _manifest, ...recorded } = draftOrder(desk, Date.now())
  const input: ReportInput = { ...recorded, operator: OPERATOR, calendar: OFFICE_HOURS, serverVersion: '0' }
  const [viewModel, pdf]: [number[], number[]] = [[], []]
  for (let run = 0; run <= RUNS; run += 1) {
    const started = performance.now()
    const report = visitReportOf(input)
    const counted = performance.now()
    sure(typesetPdf(report))
    viewModel.push(counted - started)
    if (run > 0) pdf.push(performance.now() - counted)
  }
  return { viewModel, pdf }
}

/** Agents of any client share the loop: this one is of a second client, so that the measured one stays as it was. */
async function startAcks(server: RunningServer): Promise<ChildProcess> {
  const { services } = server
  const order = { name: 'Acks', slug: 'acks', language: 'en', timeZone: 'UTC', site: 'Main' } as const
  const entry = services.directory.client(sure(await addClient(services, ADMINISTRATOR, order)).id)
  if (entry === null) throw new Error('the new client is not in the directory')
  const url = server.machineOrigin()
  const code = sure(await newCode(services, ADMINISTRATOR, entry, { site: null, role: null, machineName: null, url }))
  const child = fork(path.join(import.meta.dirname, 'acks.ts'))
  child.send({ url, code: code.text } satisfies AcksOrder)
  await new Promise((resolve) => child.once('message', resolve))
  return child
}

/** @returns the longest acknowledgement since the last call. */
function longestAck(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (times: readonly number[]) => resolve(Math.max(0, ...times)))
    child.send('take')
  })
}

type Stage = {
  readonly server: RunningServer
  readonly entry: ClientEntry
  readonly visitId: string
  readonly acks: ChildProcess
  readonly turns: TurnWatch
}

/** Writes the report again and again, each time after as long a stretch without. */
async function measureReports({ server, entry, visitId, acks, turns }: Stage) {
  const [whole, reportTurns, quietTurns]: [number[], number[], number[]] = [[], [], []]
  const [quietAcks, busyAcks]: [number[], number[]] = [[], []]
  for (let run = 0; run < RUNS; run += 1) {
    turns.take()
    await longestAck(acks)
    const started = performance.now()
    sure(await previewReport(server.services, entry, visitId))
    const took = performance.now() - started
    busyAcks.push(await longestAck(acks))
    reportTurns.push(turns.take())
    // The first one starts the child and loads the typesetter.
    if (run > 0) whole.push(took)
    await sleep(took)
    quietAcks.push(await longestAck(acks))
    quietTurns.push(turns.take())
  }
  return { whole, reportTurns, quietTurns, quietAcks, busyAcks }
}

async function stepTurn({ server, entry, visitId, turns }: Stage, step: 'open' | 'close' | 'send'): Promise<number> {
  turns.take()
  sure(await takeStep(server.services, ADMINISTRATOR, entry, visitId, { step, reason: '', version: null }))
  return turns.take()
}

/** Opens the visit that is being prepared, writes its report again and again, and sends it. */
export async function measureReport(folder: string): Promise<Measured> {
  const server = sure(await createServer(configOf(folder), { isSending: false }))
  sure(await server.listen())
  const { services } = server
  const [entry] = services.directory.clients()
  if (entry === undefined) throw new Error('the demonstration has a client')
  const visits = await services.store.client(entry.client.id).visits()
  const visitId = visits.find(({ state }) => state === 'preparing')?.id ?? ''
  const acks = await startAcks(server)
  const turns = watchTurns()
  try {
    const stage: Stage = { server, entry, visitId, acks, turns }
    const openTurn = await stepTurn(stage, 'open')
    const reports = await measureReports(stage)
    await stepTurn(stage, 'close')
    const sendTurn = await stepTurn(stage, 'send')
    return { openTurn, sendTurn, ...reports, ...(await measureParts(server, entry, visitId)) }
  } finally {
    turns.stop()
    acks.kill()
    await server.close()
  }
}
