/**
 * Writes one revision of a visit report: view model and renderers in their child process, then the manifest, signed by the server's key,
 * over exactly those files.
 */

import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { Check } from 'typebox/schema'
import { toB64 } from '../../shared/protocol/bytes.ts'
import type { SigningKey } from '../../shared/protocol/crypto.ts'
import { Attestation } from '../../shared/protocol/messages.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from '../control/services.ts'
import { OFFICE_HOURS } from '../facts/working-hours.ts'
import type { AttestedMachine } from './evidence/manifest.ts'
import { signManifest } from './evidence/sign-manifest.ts'
import { type OperatorLooks, readOperatorLooks } from './operator-looks.ts'
import { Breather } from './parse-in-pieces.ts'
import { renderReport } from './report/render-report.ts'
import type { RenderedReport, RenderReport, ReportOrder } from './report-port.ts'
import { REPORT_FILES } from './report-shelf.ts'
import type { ReportInput } from './view-model/report-input.ts'
import type { SnapshotAttestation } from './visit.ts'

/** What stands behind every report of an installation. `operator`: how the report looks; its name is the visit's author unless set. */
type WriterOptions = {
  readonly key: SigningKey
  readonly serverVersion: string
  readonly operator: () => Promise<OperatorLooks>
}

const deflateBytes = promisify(deflateRaw)

/** @returns the writer of an open data folder. */
export function reportWriterOf({ store, keys, version }: Pick<Services, 'store' | 'keys' | 'version'>): RenderReport {
  return createReportWriter({
    key: keys.identity,
    serverVersion: version,
    operator: () => readOperatorLooks(store.hub),
  })
}

function createReportWriter(options: WriterOptions): RenderReport {
  return async (order) => {
    const input = await inputOf(options, order)
    const rendered = await renderReport({ input })
    if (!rendered.ok) return { ok: false, error: sentenceOf(rendered.error) }
    const attestations = await attestedMachines(order)
    const deflated = await deflateBytes(order.snapshot.json)
    return ok(withManifest(options.key, order, rendered.value, { attestations, deflated }))
  }
}

async function inputOf({ operator, serverVersion }: WriterOptions, order: ReportOrder): Promise<ReportInput> {
  const { clientId: _id, name: _name, snapshot: _snapshot, previousManifest: _previous, ...recorded } = order
  const { name, ...looks } = await operator()
  return {
    ...recorded,
    operator: { ...looks, name: name ?? order.visit.author },
    calendar: OFFICE_HOURS,
    serverVersion,
  }
}

function sentenceOf({
  code,
  detail,
}: Extract<Awaited<ReturnType<typeof renderReport>>, { ok: false }>['error']): string {
  if (code === 'unavailable') return `No PDF can be made on this system: ${detail}`
  return `The report could not be written (${code}): ${detail}`
}

function withManifest(
  key: SigningKey,
  order: ReportOrder,
  { pdf, html }: Pick<RenderedReport, 'pdf' | 'html'>,
  { attestations, deflated }: { readonly attestations: readonly AttestedMachine[]; readonly deflated: Uint8Array },
): RenderedReport {
  const { clientId, client, visit, revision, createdAt, name, snapshot, previousManifest } = order
  const manifest = signManifest(key, {
    client: { id: clientId, name: client.name },
    visit: { id: visit.id, date: visit.date },
    revision,
    sentAt: createdAt,
    files: [
      { name: `${name}.${REPORT_FILES.pdf}`, bytes: pdf },
      { name: `${name}.${REPORT_FILES.html}`, bytes: html },
    ],
    snapshot: { at: snapshot.at, json: snapshot.json, deflated },
    attestations,
    previous: previousManifest,
  })
  return { pdf, html, manifest }
}

/** Parses and checks what each agent signed, with pauses: agents wait meanwhile. */
async function attestedMachines({ machines, attestations }: ReportOrder): Promise<readonly AttestedMachine[]> {
  const names = new Map(machines.map(({ id, name }) => [id, name]))
  const breather = new Breather()
  const attested: AttestedMachine[] = []
  for (const one of attestations) {
    attested.push(attestedMachine(one, names.get(one.machineId) ?? one.machineId))
    await breather.breathe()
  }
  return attested
}

function attestedMachine(
  { machineId, publicKey, agentId, attestation }: SnapshotAttestation,
  name: string,
): AttestedMachine {
  const message: unknown = attestation === null ? null : JSON.parse(attestation.body)
  if (attestation === null || !Check(Attestation, message)) return { machineId, name, agent: null }
  const keys = { publicKey: toB64(publicKey), agentId: toB64(agentId), stream: toB64(attestation.stream) }
  return { machineId, name, agent: { ...keys, attestation: message } }
}
