/** `server verify`: checks a visit report with the manifest beside it; no server, no store, no network. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { encodeJson } from '../../shared/encode-json.ts'
import { toB64, toHex } from '../../shared/protocol/bytes.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'
import { keyFingerprint } from '../http/key-fingerprint.ts'
import { type EvidenceProof, verifyManifest } from '../visits/evidence/verify-manifest.ts'
import { type Command, type CommandIo, type ExitCode, misused, moment, printable, readWords } from './command.ts'

const SUFFIX = '.evidence.json'
const KINDS = ['.pdf', '.html']

/** Exit 1: something was changed, or belongs to another key; 2: no such report or no manifest. */
export const verify: Command = {
  name: 'verify',
  summary: 'check a visit report with the .evidence.json beside it; says what that proves and what not',
  usage: ['verify REPORT.pdf|REPORT.html [--key FINGERPRINT]'],
  example: 'verify 2026-11-24-r1.pdf --key 0412-7788-1903-5521-6640',
  async run(args, io) {
    const parsed = readWords(args, { key: { type: 'string' } })
    if (!parsed.ok) return misused(io, verify, parsed.error)
    const { words, text, has } = parsed.value
    const [name, ...more] = words
    if (name === undefined || more.length > 0) return misused(io, verify, 'Give one report: a PDF or an HTML file.')
    if (!KINDS.includes(extname(name).toLowerCase()))
      return misused(io, verify, 'A report is a .pdf or .html file; its manifest is found by its name.')
    const path = resolve(io.cwd, name)
    const files = await readFiles(path)
    if (typeof files === 'string') return misused(io, verify, files)
    const checked = verifyManifest(files)
    if (!checked.ok) return refused(io, has('json'), checked.error.code, checked.error.detail)
    const fingerprint = keyFingerprint(checked.value.publicKey)
    const expected = text('key')
    if (expected !== null && digits(expected) !== digits(fingerprint))
      return refused(
        io,
        has('json'),
        'other-key',
        `It is signed by the key ${fingerprint}, not by ${printable(expected)}.`,
      )
    if (has('json')) io.out(encodeJson(asJson(checked.value, fingerprint, files.report)))
    else for (const line of linesOf(checked.value, fingerprint, expected !== null)) io.out(printable(line))
    return 0
  },
}

const digits = (fingerprint: string) => fingerprint.replace(/\D/g, '')

/** The report, its manifest and the other manifests of the folder; or why there is nothing to check. */
async function readFiles(path: string) {
  const folder = dirname(path)
  const own = `${basename(path, extname(path))}${SUFFIX}`
  const report = await readFile(path).catch(() => null)
  if (report === null) return `${printable(path)} cannot be read.`
  const manifest = await readFile(join(folder, own)).catch(() => null)
  if (manifest === null)
    return `${printable(own)} is not beside the report. Without it nothing can be proved: ask whoever sent the report for it.`
  const names = (await readdir(folder)).filter((one) => one.endsWith(SUFFIX) && one !== own)
  const others = await Promise.all(
    names.map(async (one) => ({ name: one, bytes: await readFile(join(folder, one)).catch(() => null) })),
  )
  return { report, manifest, others: others.flatMap(({ name, bytes }) => (bytes === null ? [] : { name, bytes })) }
}

function refused(io: CommandIo, json: boolean, code: string, detail: string): ExitCode {
  if (json) io.out(encodeJson({ ok: false, code, detail }))
  io.err(`REFUSED: ${printable(detail)}`)
  io.err(
    'Report and manifest do not belong together as they were signed. Ask for both files again; do not rely on this copy.',
  )
  return 1
}

function asJson({ payload, publicKey, fileName, attestations, chain }: EvidenceProof, key: string, report: Uint8Array) {
  const { client, visit, revision, sentAt, snapshot } = payload
  return {
    ok: true,
    file: fileName,
    sha256: toHex(sha256(report)),
    client,
    visit,
    revision,
    sentAt,
    snapshot: { at: snapshot.at, sha256: snapshot.sha256 },
    attestations,
    chain,
    publicKey: toB64(publicKey),
    fingerprint: key,
  }
}

function linesOf(proof: EvidenceProof, fingerprint: string, keyWasGiven: boolean): readonly string[] {
  const { payload, fileName, attestations: a, chain } = proof
  const total = a.fresh + a.older + a.missing
  return [
    `VERIFIED: ${fileName}, revision ${payload.revision} of the visit of ${payload.visit.date} at ${payload.client.name}.`,
    '',
    `  file         unchanged since it was signed, ${moment(payload.sentAt)} by this server's clock`,
    `  server key   ${fingerprint}${keyWasGiven ? ', as you expected' : ''}`,
    `  snapshot     of ${moment(payload.snapshot.at)}, sha256 ${payload.snapshot.sha256}`,
    `  attestations ${a.fresh} of ${total} machines signed for this visit, ${a.older} earlier, ${a.missing} not at all`,
    `  chain        ${chainLine(chain, payload.previous?.name ?? null)}`,
    '',
    'This proves that report, snapshot and attestations are what was recorded and signed when the report was sent, and that',
    'each attestation was signed by the agent whose key is named.',
    keyWasGiven
      ? 'It does not prove that the owner of the server, or an administrator of a PC, was honest.'
      : 'It does not prove whose key it is: compare it with an earlier report or ask by telephone, or use --key. Nor that the owner of the server, or an administrator of a PC, was honest.',
  ]
}

function chainLine({ names, complete }: EvidenceProof['chain'], previous: string | null): string {
  if (previous === null) return 'this is the first report of this client'
  if (complete) return `${names.length} earlier manifests are here and unchanged, back to the first`
  return names.length === 0
    ? `${previous} comes before it and is not here: not checked`
    : `${names.length} earlier manifests are here and unchanged; older ones are not here`
}
