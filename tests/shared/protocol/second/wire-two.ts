/**
 * The wire a second time, written from wire.md alone, with node:crypto and node:zlib and nothing of shared/. It is slow and
 * plain on purpose; what both say alike is what the specification says.
 */
import * as crypto from 'node:crypto'
import * as zlib from 'node:zlib'

type Json = { [key: string]: unknown }

const unb64 = (text: unknown) => Buffer.from(String(text), 'base64url')
const digest = (data: Buffer) => crypto.createHash('sha256').update(data).digest()
const hmac = (key: Buffer, data: Buffer) => crypto.createHmac('sha256', key).update(data).digest()

/** One byte string of parts: a text or Buffer is length-prefixed, a bigint is a bare U64. */
function pack(parts: readonly (string | Buffer | bigint)[]): Buffer {
  const out: number[] = []
  for (const part of parts) {
    if (typeof part === 'bigint') {
      for (let shift = 56n; shift >= 0n; shift -= 8n) out.push(Number((part >> shift) & 255n))
      continue
    }
    const bytes = Buffer.from(part)
    for (const shift of [24, 16, 8, 0]) out.push((bytes.length >>> shift) & 255)
    out.push(...bytes)
  }
  return Buffer.from(out)
}

/** A key pair from its seed, through JWK and PEM-free DER of our own making. */
export class KeyPair {
  readonly secret: crypto.KeyObject
  readonly raw: Buffer
  constructor(curve: 'Ed25519' | 'X25519', seed: Buffer) {
    const oid = curve === 'Ed25519' ? 0x70 : 0x6e
    const der = Buffer.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, oid, 4, 34, 4, 32, ...seed])
    this.secret = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    this.raw = unb64(crypto.createPublicKey(this.secret).export({ format: 'jwk' }).x)
  }
}

function publicKey(curve: 'Ed25519' | 'X25519', raw: Buffer): crypto.KeyObject {
  const oid = curve === 'Ed25519' ? 0x70 : 0x6e
  const der = Buffer.concat([Buffer.from([48, 42, 48, 5, 6, 3, 43, 101, oid, 3, 33, 0]), raw])
  return crypto.createPublicKey({ key: der, format: 'der', type: 'spki' })
}

function expand(ikm: Buffer, salt: Buffer, info: string): Buffer {
  // RFC 5869 for one block, spelled out; an absent salt is 32 zero bytes.
  const prk = hmac(salt.length === 0 ? Buffer.alloc(32) : salt, ikm)
  return hmac(prk, Buffer.concat([Buffer.from(info), Buffer.from([1])]))
}

function openingOf(hello: Json, challenge: Json, cb: Buffer): Buffer {
  const agentId = unb64(hello['agentId'])
  const label = agentId.equals(Buffer.alloc(16)) ? 'rounds/1 enroll' : 'rounds/1 auth'
  return pack([
    label,
    unb64(challenge['spub']),
    unb64(hello['pub']),
    agentId,
    unb64(hello['na']),
    unb64(challenge['ns']),
    unb64(hello['ea']),
    unb64(challenge['es']),
    String(hello['host']),
    String(challenge['cbType']),
    cb,
    BigInt(Number(challenge['ts'])),
  ])
}

function closingOf(t0: Buffer, challenge: Json, third: Json): Buffer {
  return Buffer.concat([
    t0,
    pack([
      unb64(challenge['sig']),
      unb64(third['stream']),
      unb64(third['lease']),
      BigInt(Number(third['leaseN'])),
      unb64(third['fp']),
      digest(unb64(third['info'])),
    ]),
  ])
}

function linkKeys(mine: KeyPair, theirs: Buffer, t1: Buffer): { a2s: Buffer; s2a: Buffer } {
  const z = crypto.diffieHellman({ privateKey: mine.secret, publicKey: publicKey('X25519', theirs) })
  return { a2s: expand(z, digest(t1), 'rounds/1 a2s'), s2a: expand(z, digest(t1), 'rounds/1 s2a') }
}

const proofOf = (secret: Buffer, t1: Buffer, codeId: Buffer) =>
  hmac(expand(secret, Buffer.alloc(0), 'rounds/1 code'), Buffer.concat([pack(['E']), t1, pack([codeId])]))

/** An agent by the book. */
export class SecondAgent {
  readonly identity = new KeyPair('Ed25519', crypto.randomBytes(32))
  readonly #ephemeral = new KeyPair('X25519', crypto.randomBytes(32))
  readonly #hello: Json
  keys: { a2s: Buffer; s2a: Buffer } = { a2s: Buffer.alloc(0), s2a: Buffer.alloc(0) }

  constructor(host: string, agentId: Buffer) {
    this.#hello = {
      t: 'hello',
      agentId: agentId.toString('base64url'),
      pub: this.identity.raw.toString('base64url'),
      na: crypto.randomBytes(32).toString('base64url'),
      ea: this.#ephemeral.raw.toString('base64url'),
      host,
      cbType: 'none',
    }
  }

  hello(): string {
    return JSON.stringify(this.#hello)
  }

  /** Verifies the server, answers with auth, or with enroll when a code is given. */
  answer(text: string, info: Json, code?: { codeId: Buffer; secret: Buffer }): string {
    const challenge = JSON.parse(text) as Json
    const t0 = openingOf(this.#hello, challenge, Buffer.alloc(0))
    const server = publicKey('Ed25519', unb64(challenge['spub']))
    const isServer = crypto.verify(null, Buffer.concat([pack(['S']), t0]), server, unb64(challenge['sig']))
    if (!isServer) throw new Error('second agent: not the server')
    const third: Json = {
      t: code === undefined ? 'auth' : 'enroll',
      stream: crypto.randomBytes(16).toString('base64url'),
      lease: Buffer.alloc(16).toString('base64url'),
      leaseN: 0,
      fp: crypto.randomBytes(32).toString('base64url'),
      info: Buffer.from(JSON.stringify(info)).toString('base64url'),
    }
    const t1 = closingOf(t0, challenge, third)
    third['sig'] = crypto.sign(null, Buffer.concat([pack(['A']), t1]), this.identity.secret).toString('base64url')
    if (code !== undefined) {
      third['codeId'] = code.codeId.toString('base64url')
      third['proof'] = proofOf(code.secret, t1, code.codeId).toString('base64url')
    }
    this.keys = linkKeys(this.#ephemeral, unb64(challenge['es']), t1)
    return JSON.stringify(third)
  }
}

/** A server by the book; knows one code and believes every signed agent. */
export class SecondServer {
  readonly identity = new KeyPair('Ed25519', crypto.randomBytes(32))
  readonly #ephemeral = new KeyPair('X25519', crypto.randomBytes(32))
  #hello: Json = {}
  #challenge: Json = {}
  #t0: Buffer = Buffer.alloc(0)
  keys: { a2s: Buffer; s2a: Buffer } = { a2s: Buffer.alloc(0), s2a: Buffer.alloc(0) }

  challenge(text: string, ts: number, cb?: Buffer): string {
    this.#hello = JSON.parse(text) as Json
    this.#challenge = {
      t: 'challenge',
      spub: this.identity.raw.toString('base64url'),
      ns: crypto.randomBytes(32).toString('base64url'),
      es: this.#ephemeral.raw.toString('base64url'),
      cbType: cb === undefined ? 'none' : 'tls-exporter',
      ts,
    }
    this.#t0 = openingOf(this.#hello, this.#challenge, cb ?? Buffer.alloc(0))
    const signed = Buffer.concat([pack(['S']), this.#t0])
    this.#challenge['sig'] = crypto.sign(null, signed, this.identity.secret).toString('base64url')
    return JSON.stringify(this.#challenge)
  }

  /** What a signed (and, when enrolling, proven) third message says of the machine; throws otherwise. */
  judge(text: string, secret: Buffer): Json {
    const third = JSON.parse(text) as Json
    const t1 = closingOf(this.#t0, this.#challenge, third)
    const agent = publicKey('Ed25519', unb64(this.#hello['pub']))
    if (!crypto.verify(null, Buffer.concat([pack(['A']), t1]), agent, unb64(third['sig']))) throw new Error('signature')
    if (third['t'] === 'enroll') {
      const codeId = unb64(third['codeId'])
      if (!proofOf(secret, t1, codeId).equals(unb64(third['proof']))) throw new Error('proof')
    }
    this.keys = linkKeys(this.#ephemeral, unb64(this.#hello['ea']), t1)
    return JSON.parse(unb64(third['info']).toString()) as Json
  }
}

/** One frame; `kind` 1 deflates. */
export function sealTwo(key: Buffer, from: 'A' | 'S', n: bigint, kind: 0 | 1, json: string): Buffer {
  const plain = Buffer.from(json)
  const payload = kind === 1 ? zlib.deflateRawSync(plain, { level: 9 }) : plain
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(n)
  const mac = hmac(key, Buffer.concat([Buffer.from(from), Buffer.from([kind]), counter, payload])).subarray(0, 16)
  return Buffer.concat([Buffer.from([kind]), counter, mac, payload])
}

/** The JSON text of one frame; throws when it is not frame `n` of `from` under `key`. */
export function openTwo(key: Buffer, from: 'A' | 'S', n: bigint, frame: Buffer): string {
  const kind = frame.readUInt8(0)
  if (frame.readBigUInt64BE(1) !== n) throw new Error('n')
  const payload = frame.subarray(25)
  const mac = hmac(key, Buffer.concat([Buffer.from(from), frame.subarray(0, 9), payload])).subarray(0, 16)
  if (!mac.equals(frame.subarray(9, 25))) throw new Error('mac')
  return (kind === 1 ? zlib.inflateRawSync(payload) : payload).toString('utf8')
}

/** The attestation's signed bytes, from the message's own base64url fields. */
export function attestedTwo(pub: Buffer, agentId: Buffer, stream: Buffer, message: Json): Buffer {
  const sections = message['sections'] as { [check: string]: { h: string; at: number } | undefined }
  const middle = ['antivirus', 'backup', 'disk', 'patch', 'posture', 'system'].flatMap((check) => {
    const section = sections[check]
    return [check, section === undefined ? '' : unb64(section.h), BigInt(section === undefined ? 0 : section.at)]
  })
  return pack([
    'rounds/1 attest',
    pub,
    agentId,
    stream,
    BigInt(Number(message['q'])),
    BigInt(Number(message['at'])),
    unb64(message['prev']),
    unb64(message['nonce']),
    ...middle,
    unb64(message['samples']),
  ])
}
