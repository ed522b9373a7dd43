/** Annexes: minutes, method and words, attestations. Pure. */
import { createHash } from 'node:crypto'
import type { AttestationsAnnex, MethodAnnex, MinutesAnnex } from '../report/report-parts.ts'
import type { VisitReport } from '../report/visit-report.ts'
import type { Scene } from './report-input.ts'

const STANDINGS = ['urgent', 'attention', 'note', 'not-proven', 'accepted', 'good'] as const
const DIGITS = 16

/** @returns the annexes; no minutes, no annex. */
export function annexesOf(scene: Scene): VisitReport['annexes'] {
  return { minutes: minutesOf(scene), method: methodOf(scene), attestations: attestationsOf(scene) }
}

function minutesOf({ input, texts: { end } }: Scene): MinutesAnnex | null {
  const markdown = input.visit.minutes.trim()
  return markdown === '' ? null : { heading: end.minutes, markdown }
}

function methodOf({ input, f, texts: { cover, end }, clock }: Scene): MethodAnnex {
  const builds = new Map<string, number>()
  for (const { agent } of input.machines) {
    if (agent.build !== null) builds.set(agent.build, (builds.get(agent.build) ?? 0) + 1)
  }
  const agents = [...builds].sort().map(([build, n]) => `${build} (${f.count(n)})`)
  return {
    heading: end.method,
    paragraphs: [end.method_1(clock(input.frozenAt), f, input.machines.length), end.method_2, end.method_3],
    lists: [
      {
        heading: end.words,
        entries: STANDINGS.map((one) => ({ label: `${cover[`word_${one}`]}:`, text: end[`words_${one}`] })),
      },
      {
        heading: end.versions,
        entries: [
          { label: `${end.version_server}:`, text: input.serverVersion },
          ...(agents.length > 0 ? [{ label: `${end.version_agents}:`, text: f.list(agents) }] : []),
        ],
      },
    ],
  }
}

function attestationsOf({ input, f, texts: { end }, nameOf, clock, compareNames }: Scene): AttestationsAnnex {
  const { attestations } = input
  const sorted = [...attestations].sort((a, b) =>
    compareNames({ name: nameOf(a.machineId) }, { name: nameOf(b.machineId) }),
  )
  const signed = attestations.filter(({ attestation }) => attestation !== null).length
  return {
    heading: end.attestations,
    // Of the machines in scope, as the table of coverage counts them: one without a key signed nothing either.
    text: end.attestationsText(signed, input.machines.length, f),
    columns: {
      state: end.col_state,
      machine: end.col_machine,
      attestedAt: end.col_attestedAt,
      key: end.col_key,
      digest: end.col_digest,
    },
    rows: sorted.map(({ machineId, publicKey, attestation }) => ({
      state: attestation === null ? 'not-proven' : 'good',
      machine: nameOf(machineId),
      attestedAt: attestation === null ? end.notSigned : clock(attestation.at),
      key: hex(createHash('sha256').update(publicKey).digest()),
      digest: attestation === null ? '' : hex(attestation.hash),
    })),
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').slice(0, DIGITS)
}
