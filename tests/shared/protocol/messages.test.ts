/** Messages after the keys: the closed lists, every cap, records, and both ways of checking. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHECK_NAMES } from '../../../shared/checks/names.ts'
import { AgentConfig } from '../../../shared/protocol/agent-config.ts'
import { validateAgentMessage } from '../../../shared/protocol/compiled.ts'
import { Auth, Challenge, Enroll, HandshakeErr, Hello, Info } from '../../../shared/protocol/handshake-messages.ts'
import { fitMessage } from '../../../shared/protocol/handshake-text.ts'
import {
  AGENT_FRAMES,
  AGENT_TO_SERVER,
  type AgentMessage,
  checkServerMessage,
  SERVER_FRAMES,
  SERVER_TO_AGENT,
  type ServerMessage,
} from '../../../shared/protocol/messages.ts'
import { unwrap } from './handshake-pair.ts'

const b64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64url')
const record = { q: 5, at: 1_790_000_000_000, up: 12.5 }
const entry = { h: b64(32) }

const FROM_SERVER: readonly ServerMessage[] = [
  {
    t: 'welcome',
    agentId: b64(16),
    state: 'quarantined',
    have: 0,
    lease: b64(16),
    leaseN: 1,
    ts: 1_790_000_000_000,
    binding: 'require',
    limits: { windowFrames: 4, windowBytes: 1_048_576 },
  },
  { t: 'ack', upTo: 7 },
  { t: 'want', checks: ['disk', 'system'] },
  { t: 'attest', nonce: b64(16), why: 'visit' },
  {
    t: 'config',
    version: 3,
    body: { cadenceMs: { smart: 21_600_000 }, checks: { disk: false }, off: ['disk/smartctl'] },
  },
  { t: 'rekey' },
  { t: 'slow', ms: 500 },
  { t: 'bye', code: 'going-away' },
  { t: 'err', code: 'rate', retryMs: 1_000 },
]

const FROM_AGENT: readonly AgentMessage[] = [
  { t: 'report', r: [record] },
  {
    t: 'report',
    r: [
      {
        ...record,
        f: 1,
        c: { disk: 0, 'disk#sn:é 1': 3_600_000, system: 5 },
        s: { disk: { ...entry, b: { samples: [] } }, system: entry },
        v: { system: [0, 12.5, 1, null], disk: [511, 0] },
        gap: { from: 2, why: 'evicted' },
      },
    ],
  },
  {
    t: 'attestation',
    q: 6,
    at: 1_790_000_000_000,
    prev: b64(32),
    nonce: '',
    sections: { disk: { h: b64(32), at: 1 } },
    samples: '',
    sig: b64(64),
  },
  { t: 'rekey' },
  { t: 'bye', why: 'shutdown' },
]

describe('the closed lists', () => {
  test('are those of wire.md', () => {
    const handshake = { server: ['challenge'], agent: ['hello', 'auth', 'enroll'] }
    expect([...handshake.server, ...Object.keys(SERVER_FRAMES)]).toEqual([...SERVER_TO_AGENT])
    expect([...handshake.agent, ...Object.keys(AGENT_FRAMES)]).toEqual([...AGENT_TO_SERVER])
    expect([...SERVER_TO_AGENT]).toEqual('challenge welcome ack want attest config rekey slow bye err'.split(' '))
    expect([...AGENT_TO_SERVER]).toEqual('hello auth enroll report attestation rekey bye'.split(' '))
  })

  test('each type has an example here, and every example fits', () => {
    expect(new Set(FROM_SERVER.map((message) => message.t))).toEqual(new Set(Object.keys(SERVER_FRAMES)))
    expect(new Set(FROM_AGENT.map((message) => message.t))).toEqual(new Set(Object.keys(AGENT_FRAMES)))
    for (const message of FROM_SERVER) expect(checkServerMessage(message)).toEqual({ ok: true, value: message })
    for (const message of FROM_AGENT) expect(validateAgentMessage(message)).toEqual({ ok: true, value: message })
  })

  test.each(['exec', 'hello', 'challenge', 'toString', '__proto__', 'constructor', '', 7, null])(
    'type %j is refused',
    (t) => {
      expect(checkServerMessage({ t })).toMatchObject({
        ok: false,
        error: { close: 4400, detail: 'unknown message type' },
      })
      expect(validateAgentMessage({ t })).toMatchObject({
        ok: false,
        error: { close: 4400, detail: 'unknown message type' },
      })
    },
  )

  test('what the other side says is refused', () => {
    for (const message of FROM_AGENT.filter(({ t }) => t !== 'rekey'))
      expect(checkServerMessage(message).ok).toBe(false)
    for (const message of FROM_SERVER.filter(({ t }) => t !== 'rekey'))
      expect(validateAgentMessage(message).ok).toBe(false)
  })
})

/** Every object inside a value, with a way to put another one in its place. */
function* withExtraKeys(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) for (const child of withExtraKeys(value[i])) yield value.with(i, child)
    return
  }
  yield { ...value, surprise: 1 }
  for (const [key, child] of Object.entries(value)) {
    if (key === 'b') continue // a section body has its own schema
    for (const changed of withExtraKeys(child)) yield { ...value, [key]: changed }
  }
}

test('no object accepts a key that it does not know', () => {
  for (const message of FROM_SERVER)
    for (const changed of withExtraKeys(message)) expect(checkServerMessage(changed).ok).toBe(false)
  for (const message of FROM_AGENT)
    for (const changed of withExtraKeys(message)) expect(validateAgentMessage(changed).ok).toBe(false)
})

/** Paths of strings without a length, arrays without a size, numbers without bounds, objects that are open. */
function uncapped(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const s = schema as { readonly [keyword: string]: unknown }
  const isClosedWord = 'const' in s
  const missing =
    (s['type'] === 'string' && !isClosedWord && !('maxLength' in s)) ||
    (s['type'] === 'array' && !('maxItems' in s)) ||
    (s['type'] === 'integer' && !('maximum' in s && 'minimum' in s)) ||
    (s['type'] === 'object' && s['additionalProperties'] !== false) ||
    ('patternProperties' in s && !('maxProperties' in s))
  return [...(missing ? [path] : []), ...Object.entries(s).flatMap(([key, child]) => uncapped(child, `${path}/${key}`))]
}

test('every string, array and integer has a cap, every object is closed', () => {
  const all = {
    ...SERVER_FRAMES,
    ...AGENT_FRAMES,
    bye2: SERVER_FRAMES.bye,
    Hello,
    Challenge,
    Auth,
    Enroll,
    HandshakeErr,
    Info,
    AgentConfig,
  }
  const open = Object.entries(all).flatMap(([name, schema]) => uncapped(schema, name))
  // The bodies of sections have schemas of their own (SECTION_SCHEMAS), checked after the hash.
  expect(open).toEqual(
    CHECK_NAMES.map((check) => `report/properties/r/items/properties/s/properties/${check}/properties/b`),
  )
})

describe('records', () => {
  const withRecord = (more: object) => validateAgentMessage({ t: 'report', r: [{ ...record, ...more }] })

  test.each([
    ['an odd number of samples', { v: { disk: [0, 1, 2] } }],
    ['an index that is no integer', { v: { disk: [0.5, 1] } }],
    ['a negative index', { v: { disk: [-1, 1] } }],
    ['an index beyond the key list', { v: { disk: [512, 1] } }],
    ['a null index', { v: { disk: [null, 1] } }],
    ['a number beyond all numbers', { v: { disk: [0, Number.POSITIVE_INFINITY] } }],
    ['a sample that is text', { v: { disk: [0, '1'] } }],
    ['an unknown check in v', { v: { gpu: [0, 1] } }],
    ['an unknown check in s', { s: { gpu: entry } }],
    ['an unknown check in c', { c: { gpu: 0 } }],
    ['an empty part in c', { c: { 'disk#': 0 } }],
    ['a control character in c', { c: { 'disk#a\u0000': 0 } }],
    ['a part of 129 characters', { c: { [`disk#${'x'.repeat(129)}`]: 0 } }],
    ['a negative age', { c: { disk: -1 } }],
    ['a hash of another length', { s: { disk: { h: b64(31) } } }],
    ['a body that is a list', { s: { disk: { ...entry, b: [] } } }],
    ['q of 0', { q: 0 }],
    ['q beyond safe integers', { q: 2 ** 53 }],
    ['a fraction of a q', { q: 1.5 }],
    ['f of 0', { f: 0 }],
    ['a time that is text', { at: '2026' }],
    ['a gap that begins after its record', { gap: { from: 6, why: 'evicted' } }],
    ['a gap for an unknown reason', { gap: { from: 1, why: 'because' } }],
    ['1,026 numbers of samples', { v: { disk: new Array(1_026).fill(0) } }],
    ['129 ages', { c: Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`disk#${i}`, 0])) }],
  ])('refused: %s', (_name, more) => {
    expect(withRecord(more)).toMatchObject({ ok: false, error: { close: 4400 } })
  })

  test('a future time is accepted: it becomes a finding, not a lost report', () => {
    expect(withRecord({ at: 4_102_444_800_000 }).ok).toBe(true)
  })

  test('1 to 100 of them', () => {
    expect(validateAgentMessage({ t: 'report', r: [] }).ok).toBe(false)
    expect(validateAgentMessage({ t: 'report', r: new Array(100).fill(record) }).ok).toBe(true)
    expect(validateAgentMessage({ t: 'report', r: new Array(101).fill(record) }).ok).toBe(false)
  })
})

describe('configuration is data', () => {
  const fits = (body: unknown) => checkServerMessage({ t: 'config', version: 1, body }).ok

  test.each([
    [{ cadenceMs: { vitals: 999 } }],
    [{ cadenceMs: { vitals: 86_400_001 } }],
    [{ cadenceMs: { vitals: 1_000.5 } }],
    [{ cadenceMs: { smartctl: 60_000 } }],
    [{ checks: { disk: 'yes' } }],
    [{ path: '/etc/passwd' }],
    [{ off: ['/etc/passwd'] }],
    [{ off: ['../../x'] }],
    [{ off: ['disk/smartctl --all'] }],
    [{ off: new Array(65).fill('disk/smartctl') }],
  ])('refused: %j', (body) => {
    expect(fits(body)).toBe(false)
  })

  test.each([[{}], [{ cadenceMs: { vitals: 1_000, inventory: 86_400_000 } }], [{ off: [] }]])('fits: %j', (body) => {
    expect(fits(body)).toBe(true)
  })
})

test('any JSON gives a Result, and generated and interpreted checks agree', () => {
  const anyRecord = fc.record({
    ...Object.fromEntries(['q', 'at', 'up', 'f', 'c', 's', 'v', 'gap'].map((k) => [k, fc.jsonValue()])),
  })
  const anyMessage = fc.oneof(
    fc.jsonValue(),
    fc.record({
      t: fc.constantFrom(...AGENT_TO_SERVER, ...SERVER_TO_AGENT),
      r: fc.array(anyRecord),
      code: fc.string(),
      ms: fc.integer(),
    }),
    fc.constantFrom(...FROM_AGENT, ...FROM_SERVER),
  )
  fc.assert(
    fc.property(anyMessage, (value) => {
      expect(typeof checkServerMessage(value).ok).toBe('boolean')
      const generated = validateAgentMessage(value)
      const schema =
        typeof value === 'object' && value !== null && 't' in value
          ? Reflect.get(AGENT_FRAMES, String(value.t))
          : undefined
      if (generated.ok) expect(fitMessage(schema, value).ok).toBe(true)
      else if (schema !== undefined && generated.error.detail.startsWith('message'))
        expect(fitMessage(schema, value).ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('info: every text is capped, every system named', () => {
  const info = {
    v: [1],
    now: 1,
    mono: 0.5,
    bootId: '',
    build: '0.1.0',
    os: 'linux',
    arch: 'x64',
    hostname: 'é',
    class: 'laptop',
  }
  expect(unwrap(fitMessage(Info, info))).toEqual(info)
  for (const more of [
    { os: 'beos' },
    { hostname: 'x'.repeat(256) },
    { v: [] },
    { v: [0] },
    { now: -1 },
    { class: 'toaster' },
  ]) {
    expect(fitMessage(Info, { ...info, ...more }).ok).toBe(false)
  }
})
