/** The bytes that both sides sign, and the keys that follow from them (wire.md, Handshake). Pure. */
import { concatBytes, isAllZero, lp, u64 } from './bytes.ts'
import { hkdfSha256, hmacSha256, sha256 } from './crypto.ts'
import type { CbType } from './handshake-messages.ts'

/** agentId or lease of an agent that has none yet: 16 zero bytes. */
export const NO_ID: Uint8Array = new Uint8Array(16)

/** What T0 binds; byte fields are raw, `cb` is empty without a binding. */
export type Opening = {
  readonly serverPub: Uint8Array
  readonly agentPub: Uint8Array
  readonly agentId: Uint8Array
  readonly na: Uint8Array
  readonly ns: Uint8Array
  readonly ea: Uint8Array
  readonly es: Uint8Array
  readonly host: string
  /** The server's answer, not the agent's offer. */
  readonly cbType: CbType
  readonly cb: Uint8Array
  /** Server clock, epoch ms. */
  readonly ts: number
}

/** What T1 adds; `info` is the JSON bytes as sent. */
export type Proof = {
  readonly sigS: Uint8Array
  readonly stream: Uint8Array
  readonly lease: Uint8Array
  readonly leaseN: number
  readonly fp: Uint8Array
  readonly info: Uint8Array
}

/** The two keys of a link: agent to server, server to agent; 32 bytes each. */
export type SessionKeys = { readonly a2s: Uint8Array; readonly s2a: Uint8Array }

/** T0: who, with which fresh keys, through which host and TLS session, when. */
export function transcript0(o: Opening): Uint8Array {
  return concatBytes(
    lp(isAllZero(o.agentId) ? 'rounds/1 enroll' : 'rounds/1 auth'),
    lp(o.serverPub),
    lp(o.agentPub),
    lp(o.agentId),
    lp(o.na),
    lp(o.ns),
    lp(o.ea),
    lp(o.es),
    lp(o.host),
    lp(o.cbType),
    lp(o.cb),
    u64(o.ts),
  )
}

/** T1: T0, the server's signature, and what the agent says of itself. */
export function transcript1(t0: Uint8Array, p: Proof): Uint8Array {
  return concatBytes(t0, lp(p.sigS), lp(p.stream), lp(p.lease), u64(p.leaseN), lp(p.fp), lp(sha256(p.info)))
}

/** What the server signs. */
export function serverSigned(t0: Uint8Array): Uint8Array {
  return concatBytes(lp('S'), t0)
}

/** What the agent signs. */
export function agentSigned(t1: Uint8Array): Uint8Array {
  return concatBytes(lp('A'), t1)
}

/** K of an enrollment code: what the server stores (wrapped) in place of the secret. */
export function codeKey(secret: Uint8Array): Uint8Array {
  return hkdfSha256(secret, new Uint8Array(0), 'rounds/1 code', 32)
}

/** Proof that the agent holds the code, for this transcript only. @param key `codeKey(secret)`. */
export function enrollProof(key: Uint8Array, t1: Uint8Array, codeId: Uint8Array): Uint8Array {
  return hmacSha256(key, concatBytes(lp('E'), t1, lp(codeId)))
}

/** Session keys of the X25519 secret `z` and the whole transcript. */
export function sessionKeys(z: Uint8Array, t1: Uint8Array): SessionKeys {
  const salt = sha256(t1)
  return { a2s: hkdfSha256(z, salt, 'rounds/1 a2s', 32), s2a: hkdfSha256(z, salt, 'rounds/1 s2a', 32) }
}
