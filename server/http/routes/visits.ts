/** Visits as pages read them: lists, one visit, the files of sent reports, and what the manager of a client sees. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { PortalView, VisitsView, VisitView } from '../../../shared/api/visits.ts'
import type { Language } from '../../../shared/text/format.ts'
import { isOpenDecision } from '../../control/operations/decisions.ts'
import { previewReport } from '../../control/operations/visit-preview.ts'
import { readVisit } from '../../control/operations/visits.ts'
import type { Services } from '../../control/services.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import { portalView } from '../../views/portal-view.ts'
import { visitLine, visitView } from '../../views/visit-view.ts'
import { REPORT_FILES, type ReportFile } from '../../visits/report-shelf.ts'
import { sendError } from '../error-reply.ts'
import { callerOf, clientOf } from '../guard.ts'
import { KEEPER_READS, KEEPER_READS_CLIENT, READS_CLIENT } from '../route-policy.ts'
import { visibleClients } from '../visible.ts'
import { sendRefusal } from './clients.ts'
import type { RegisterRoutes } from './routes.ts'

const CLIENT = '/api/v1/clients/:client'
const TYPES: { readonly [K in ReportFile]: string } = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  manifest: 'application/json; charset=utf-8',
}
/** A report is a document of its own: it runs nothing and asks for nothing, whatever stands in it. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'; sandbox"
const REPORT_NAME = /^r(\d{1,6})\.(pdf|html|evidence\.json)$/

/** Reads below `/api/v1/visits` and a client; changes stand in visit-changes.ts. */
export const visitRoutes: RegisterRoutes = (app, services) => {
  keeperRoutes(app, services)
  readerRoutes(app, services)
  fileRoutes(app, services)
}

function keeperRoutes(app: FastifyInstance, services: Services): void {
  app.get(
    '/api/v1/visits',
    { config: { policy: KEEPER_READS }, schema: { summary: 'Visits of every client', response: { 200: VisitsView } } },
    async (request) => visitsOf(services, visibleClients(callerOf(request), services)),
  )
  app.get(
    `${CLIENT}/visits`,
    {
      config: { policy: KEEPER_READS_CLIENT },
      schema: { summary: 'Visits of a client', response: { 200: VisitsView } },
    },
    async (request) => visitsOf(services, [clientOf(request)]),
  )
  app.get<{ Params: { date: string } }>(
    `${CLIENT}/visits/:date`,
    { config: { policy: KEEPER_READS_CLIENT }, schema: { summary: 'One visit', response: { 200: VisitView } } },
    async (request, reply) => {
      const desk = await readVisit(services, clientOf(request), request.params.date)
      return desk.ok ? reply.send(visitView(desk.value, services.clock.now())) : sendRefusal(reply, desk.error)
    },
  )
}

function fileRoutes(app: FastifyInstance, services: Services): void {
  // The second address is the one that people share (ui.md 11); it is no part of the API's description.
  for (const [url, hide] of [
    [`${CLIENT}/visits/:date/reports/:file`, false],
    ['/c/:client/visits/:date/report/:file', true],
  ] as const) {
    app.get<{ Params: { date: string; file: string } }>(
      url,
      {
        config: { policy: READS_CLIENT },
        schema: { hide, summary: 'A file of a sent report: r1.pdf, r1.html, r1.evidence.json' },
      },
      async (request, reply) => sendReport(services, clientOf(request), request.params, reply),
    )
  }
}

function readerRoutes(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { date: string } }>(
    `${CLIENT}/visits/:date/preview`,
    {
      config: { policy: KEEPER_READS_CLIENT },
      schema: { summary: 'The report as it would be if it were sent now, HTML' },
    },
    async (request, reply) => {
      const html = await previewReport(services, clientOf(request), request.params.date)
      if (!html.ok) return sendRefusal(reply, html.error)
      const headers = { 'content-security-policy': REPORT_POLICY, 'cache-control': 'no-store' }
      return reply.type(TYPES.html).headers(headers).send(html.value)
    },
  )
  app.get(
    `${CLIENT}/portal`,
    {
      config: { policy: READS_CLIENT },
      schema: { summary: 'What the manager of a client sees', response: { 200: PortalView } },
    },
    async (request) => {
      const caller = callerOf(request)
      const people = await services.store.hub.people()
      const person = caller.kind === 'session' ? people.find(({ id }) => id === caller.personId) : undefined
      const mayDecide = person !== undefined && person.role !== 'viewer'
      const entry = clientOf(request)
      return portalOf(services, entry, { people, mayDecide, language: person?.language ?? entry.client.language })
    },
  )
}

async function visitsOf({ store, clock }: Services, entries: readonly ClientEntry[]): Promise<VisitsView> {
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const visits = await store.client(entry.client.id).visits()
      return visits.map((visit) => visitLine(entry, visit))
    }),
  )
  const visits = lists.flat().sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1))
  return { now: clock.now(), visits }
}

async function sendReport(
  { store, reports: shelf }: Services,
  { client }: ClientEntry,
  { date, file }: { readonly date: string; readonly file: string },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [, revision, ending] = REPORT_NAME.exec(file) ?? []
  const kind = (Object.keys(REPORT_FILES) as ReportFile[]).find((one) => REPORT_FILES[one] === ending)
  const own = store.client(client.id)
  const visit = (await own.visits()).find((one) => one.date === date)
  const sent = (await own.sentReports()).find((one) => one.visitId === visit?.id && String(one.revision) === revision)
  const bytes = sent === undefined || kind === undefined ? null : await shelf.read(client.id, sent.name, kind)
  if (sent === undefined || kind === undefined || bytes === null) return sendError(reply, 'absent')
  const name = `${client.slug}-${sent.name}.${REPORT_FILES[kind]}`
  return reply
    .type(TYPES[kind])
    .header('content-security-policy', REPORT_POLICY)
    .header('content-disposition', `${kind === 'html' ? 'inline' : 'attachment'}; filename="${name}"`)
    .send(bytes)
}

async function portalOf(
  { store, fleet, snapshots, clock }: Services,
  entry: ClientEntry,
  reader: {
    readonly people: Awaited<ReturnType<Services['store']['hub']['people']>>
    readonly mayDecide: boolean
    readonly language: Language
  },
): Promise<PortalView> {
  const { id } = entry.client
  const own = store.client(id)
  const now = clock.now()
  const visits = await own.visits()
  const sent = visits.filter(({ revision }) => revision > 0)
  const last = sent.reduce((newest, one) => ((one.openedAt ?? 0) > (newest?.openedAt ?? 0) ? one : newest), sent[0])
  const frozen = last === undefined ? null : await snapshots.of(id, last.id)
  const states = new Map(visits.map((visit) => [visit.id, visit]))
  // What is being written, at a new visit or in a correction, is told when its report is sent. Answers are told at once.
  const written = new Map((await own.recommendations()).map((one) => [one.id, one]))
  const told = (await own.sentRecommendations()).map((one) => ({
    ...one,
    decision: (written.get(one.id) ?? one).decision,
  }))
  return portalView({
    ...{ entry, visits, now, ...reader },
    machines: [...fleet.states(id)],
    before: frozen === null ? null : { machines: frozen.machines, at: frozen.snapshot.at },
    recommendations: told,
    isOpen: (one) => {
      const visit = states.get(one.visitId)
      const current = written.get(one.id)
      return visit !== undefined && current !== undefined && isOpenDecision(current, visit, now)
    },
    actions: await own.actions(),
    reports: await own.sentReports(),
  })
}
