/** Enrollment: a code becomes an identity by one real handshake with the server that the code names. Not pure (network, disk). */

import { fromB64 } from '../shared/protocol/bytes.ts'
import { decodeCode, type EnrollmentCode } from '../shared/protocol/code.ts'
import { randomBytes, type SigningKey } from '../shared/protocol/crypto.ts'
import type { Welcome } from '../shared/protocol/messages.ts'
import { NO_ID } from '../shared/protocol/transcript.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { readTextFile, writeFileAtomic } from './atomic-file.ts'
import type { Clock } from './clock.ts'
import type { AgentConfig } from './config.ts'
import { setServerUrl } from './config-edit.ts'
import type { DataFolder } from './data-folder.ts'
import { type Identity, openKey, saveIdentity, saveLease } from './identity.ts'
import { infoOf, readFingerprint } from './machine-hints.ts'
import type { Probe } from './probe/probe.ts'
import { saveServerConfig } from './server-config.ts'
import { Spool } from './spool/spool.ts'
import { Connection } from './uplink/connection.ts'
import type { Dial } from './uplink/dial.ts'
import { codeOfEnd, type EndCause, explainEnd } from './uplink/end-cause.ts'
import { parseServerUrl, type ServerUrl } from './uplink/server-url.ts'

/** What enrolling needs. */
export type EnrollPorts = {
  readonly folder: DataFolder
  readonly config: AgentConfig
  readonly clock: Clock
  readonly probe: Probe
  readonly dial: Dial
}

/** `code` is constant and short, for `--json`; the sentence is for people. */
export type EnrollFailure = { readonly code: string; readonly sentence: string }
/** What enrolling leaves; quarantined: an operator must approve the machine first. */
export type Enrolled = { readonly identity: Identity; readonly server: ServerUrl; readonly quarantined: boolean }

/** Enrolls this machine. On success key, identity, lease and address are durable; on failure only the new key is. */
export async function enrollMachine(pasted: string, ports: EnrollPorts): Promise<Result<Enrolled, EnrollFailure>> {
  const code = decodeCode(pasted)
  if (!code.ok)
    return err({
      code: 'bad-code',
      sentence: `This is no enrollment code: ${code.error.detail}. Copy it again, whole.`,
    })
  const server = parseServerUrl(code.value.url)
  if (!server.ok)
    return err({ code: 'bad-code', sentence: `The code names an address that cannot be used. ${server.error}` })
  const key = openKey(ports.folder)
  if (!key.ok) return err({ code: 'damaged', sentence: key.error })
  const salt = randomBytes(16)
  const welcome = await shakeHands(code.value, server.value, key.value, salt, ports)
  if (!welcome.ok) return err({ code: codeOfEnd(welcome.error), sentence: sentenceOf(welcome.error) })
  const agentId = fromB64(welcome.value.agentId, 16)
  if (!agentId.ok)
    return err({ code: 'protocol', sentence: 'The server gave no usable id. Update the older of the two.' })
  const pins = { server: code.value.pinS, recovery: code.value.pinR }
  const identity = { agentId: agentId.value, key: key.value, pins, salt, enrolledAt: ports.clock.now() }
  return keep(identity, server.value, welcome.value, ports.folder)
}

/** The address first, the identity last: who has an identity also knows where to report. */
function keep(
  identity: Identity,
  server: ServerUrl,
  welcome: Welcome,
  folder: DataFolder,
): Result<Enrolled, EnrollFailure> {
  const lease = fromB64(welcome.lease, 16)
  if (!lease.ok)
    return err({ code: 'protocol', sentence: 'The server gave no usable lease. Update the older of the two.' })
  try {
    writeFileAtomic(folder.config, setServerUrl(readTextFile(folder.config) ?? '', server.url), { mode: 0o600 })
    saveLease(folder, { lease: lease.value, leaseN: welcome.leaseN, bindingRequired: welcome.binding === 'require' })
    if (welcome.config !== undefined) saveServerConfig(folder, welcome.config)
    saveIdentity(folder, identity)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return err({
      code: 'storage',
      sentence: `The identity could not be stored: ${detail}. Make room and enroll again with the same code.`,
    })
  }
  return ok({ identity, server, quarantined: welcome.state === 'quarantined' })
}

async function shakeHands(
  code: EnrollmentCode,
  server: ServerUrl,
  key: SigningKey,
  salt: Uint8Array,
  { folder, config, clock, probe, dial }: EnrollPorts,
): Promise<Result<Welcome, EndCause>> {
  const fp = await readFingerprint(probe, salt)
  const info = await infoOf(probe, clock)
  const spool = new Spool(folder.spool)
  const { stream } = spool
  spool.close()
  const { promise, resolve } = Promise.withResolvers<Result<Welcome, EndCause>>()
  let welcomed: Welcome | null = null
  const connection = new Connection({
    clock,
    dial,
    server,
    caFile: config.caFile,
    key,
    agentId: null,
    proof: () => ({ pinS: code.pinS, requireBinding: false, stream, lease: NO_ID, leaseN: 0, fp, info: info(), code }),
    onWelcome: (welcome) => {
      welcomed = welcome
      connection.close({ kind: 'own-wish' })
    },
    onMessage: () => {},
    onEnd: (cause) => resolve(welcomed === null ? err(cause) : ok(welcomed)),
  })
  return promise
}

/** A refusal while enrolling is about the code, which the general sentence cannot know. */
function sentenceOf(cause: EndCause): string {
  if (cause.kind === 'told' && cause.code === 'refused') {
    return 'The server refused this code: it does not know it, or the code was changed when copied. Ask for a new one.'
  }
  return explainEnd(cause)
}
