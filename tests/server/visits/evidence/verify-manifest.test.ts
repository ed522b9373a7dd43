/** The manifest of a sent report: it accepts what was signed and refuses everything else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manifestTranscript, parseManifest, writeManifest } from '../../../../server/visits/evidence/manifest.ts'
import { signManifest } from '../../../../server/visits/evidence/sign-manifest.ts'
import { type OtherManifest, verifyManifest } from '../../../../server/visits/evidence/verify-manifest.ts'
import { toB64 } from '../../../../shared/protocol/bytes.ts'
import { type SigningKey, sha256, sign } from '../../../../shared/protocol/crypto.ts'
import {
  attestedMachine,
  evidenceExample,
  manifestChain,
  OTHER_KEY,
  SERVER_KEY,
} from '../../../support/evidence-example.ts'

const evidence = evidenceExample()
const [pdf, html] = evidence.files.map(({ bytes }) => bytes)
const manifest = signManifest(SERVER_KEY, evidence)
const named = (name: string, bytes: Uint8Array) => ({ name, bytes })
const codeOf = (report: Uint8Array, one: Uint8Array, others: readonly OtherManifest[] = []) => {
  const checked = verifyManifest({ report, manifest: one, others })
  return checked.ok ? 'ok' : checked.error.code
}
const flip = (bytes: Uint8Array, at: number, by = 1) =>
  Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ by : byte))

/** Signs a payload that `signManifest` would never make. */
function forge(key: SigningKey, change: (payload: Record<string, unknown>) => void): Uint8Array {
  const parsed = parseManifest(manifest)
  if (!parsed.ok) throw new Error(parsed.error)
  const payload = structuredClone(parsed.value.payload)
  change(payload)
  const signature = toB64(sign(key, manifestTranscript(key.pub, payload)))
  return writeManifest({ ...parsed.value, payload, publicKey: toB64(key.pub), signature })
}

it('accepts PDF and HTML as they were signed, and tells what agents signed', () => {
  for (const [i, report] of [pdf, html].entries()) {
    const checked = verifyManifest({ report: report ?? Buffer.alloc(0), manifest, others: [] })
    expect(checked).toMatchObject({
      ok: true,
      value: {
        fileName: evidence.files[i]?.name,
        attestations: { fresh: 1, older: 1, missing: 1 },
        chain: { names: [], complete: true },
      },
    })
  }
})

it('refuses report and manifest with any one byte changed', () => {
  for (const report of [pdf, html]) {
    if (report === undefined) throw new Error('no report')
    for (let at = 0; at < report.length; at += 1) expect(codeOf(flip(report, at), manifest)).toBe('file')
  }
  const accepted = Array.from(manifest.keys()).filter((at) =>
    [1, 2, 32].some((by) => codeOf(pdf ?? manifest, flip(manifest, at, by)) === 'ok'),
  )
  expect(accepted).toEqual([])
})

it('refuses bytes added, taken away, or written another way', () => {
  const text = Buffer.from(manifest).toString()
  const others = [
    `${text} `,
    text.trimEnd(),
    ` ${text}`,
    `\ufeff${text}`,
    JSON.stringify(JSON.parse(text)),
    text.replace('"revision": 1', '"revision": 1.0'),
    text.replace('"format"', '"format": "x",\n  "format"'),
  ]
  for (const other of others) expect(codeOf(pdf ?? manifest, Buffer.from(other))).toBe('manifest')
  expect(codeOf(Buffer.concat([pdf ?? manifest, Buffer.from(' ')]), manifest)).toBe('file')
})

it('never throws, whatever lies there', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.uint8Array(),
      (bytes, report) => codeOf(report, bytes) === 'manifest',
    ),
  )
  fc.assert(fc.property(fc.json(), (text) => codeOf(Buffer.alloc(0), Buffer.from(text)) === 'manifest'))
})

describe('a server that lies', () => {
  it('cannot sign a snapshot under another hash', () => {
    const bytes = forge(SERVER_KEY, (payload) =>
      Object.assign(payload, { snapshot: { at: 1, sha256: 'a'.repeat(64), deflated: 'AA' } }),
    )
    expect(codeOf(pdf ?? bytes, bytes)).toBe('snapshot')
  })

  it('cannot change what an agent signed, nor put it under another agent', () => {
    const one = attestedMachine(1)
    const two = attestedMachine(2)
    if (one.agent === null || two.agent === null) throw new Error('no agent')
    const changed = { ...one, agent: { ...one.agent, attestation: { ...one.agent.attestation, at: 5 } } }
    const swapped = { ...one, agent: { ...one.agent, publicKey: two.agent.publicKey } }
    const moved = { ...one, agent: { ...one.agent, stream: two.agent.stream } }
    for (const machine of [changed, swapped, moved]) {
      const bytes = signManifest(SERVER_KEY, evidenceExample({ attestations: [machine] }))
      expect(codeOf(pdf ?? bytes, bytes)).toBe('attestation')
    }
  })

  it('cannot use a key under which anyone can sign', () => {
    const parsed = parseManifest(manifest)
    if (!parsed.ok) throw new Error(parsed.error)
    const bytes = writeManifest({ ...parsed.value, publicKey: toB64(new Uint8Array(32)) })
    expect(codeOf(pdf ?? bytes, bytes)).toBe('key')
  })
})

describe('the chain', () => {
  const [first, second, third] = manifestChain()
  const [one, two] = ['2026-11-24-r1.evidence.json', '2026-11-24-r2.evidence.json'] as const
  const files = [named(one, first ?? manifest), named(two, second ?? manifest)]
  const newest = third ?? manifest

  it('is followed back to the first report, whatever the order of the files', () => {
    const names = ['2026-11-24-r2.evidence.json', '2026-11-24-r1.evidence.json']
    for (const others of [files, files.toReversed()])
      expect(verifyManifest({ report: pdf ?? newest, manifest: newest, others })).toMatchObject({
        value: { chain: { names, complete: true } },
      })
  })

  it('says where it stops when one is not there, or is of another client that has a report of that day', () => {
    const other = signManifest(SERVER_KEY, evidenceExample({ client: { id: 'c2', name: 'x' } }))
    for (const others of [files.slice(1), [named(one, other), ...files.slice(1)]])
      expect(verifyManifest({ report: pdf ?? newest, manifest: newest, others })).toMatchObject({
        value: { chain: { names: [two], complete: false } },
      })
  })

  it('is found by its bytes, whatever the file is called now', () => {
    const others = files.map(({ name, bytes }) => named(`copy of ${name}`, bytes))
    expect(verifyManifest({ report: pdf ?? newest, manifest: newest, others })).toMatchObject({
      value: { chain: { names: [two, one], complete: true } },
    })
  })

  it('refuses a predecessor that lies there changed, cut short, or written anew', () => {
    const [old = manifest] = [first]
    const anew = signManifest(SERVER_KEY, evidenceExample({ sentAt: 1_795_507_200_001 }))
    for (const bytes of [flip(old, 30), flip(old, 900), old.subarray(0, 500), new Uint8Array(0), anew])
      expect(codeOf(pdf ?? newest, newest, [named(one, bytes), ...files.slice(1)])).toBe('chain')
  })

  it('refuses a predecessor of another server or another client', () => {
    for (const before of [
      signManifest(OTHER_KEY, evidenceExample()),
      signManifest(SERVER_KEY, evidenceExample({ client: { id: 'c2', name: 'x' } })),
    ]) {
      const after = signManifest(SERVER_KEY, evidenceExample({ previous: { name: 'before', hash: sha256(before) } }))
      expect(codeOf(pdf ?? after, after, [named('before', before)])).toBe('chain')
    }
  })
})
