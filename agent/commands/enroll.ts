/** `agent enroll CODE`: trade a code of the dashboard for this machine's identity. */
import { encodeJson } from '../../shared/encode-json.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../clock.ts'
import { type Enrolled, type EnrollFailure, enrollMachine } from '../enroll-machine.ts'
import { fingerprintOf, readIdentity } from '../identity.ts'
import { createSystemProbe } from '../probe/system.ts'
import { replaceIdentity } from '../replace-identity.ts'
import { takeLock } from '../single-instance.ts'
import { dialServer } from '../uplink/dial.ts'
import { type Command, type CommandIo, failedWith, misused, readOptions } from './command.ts'
import { openLocal } from './local-setup.ts'

/** Exit 1: the code, the server or the disk is wrong; nothing is changed then but a key that was never used. */
export const enroll: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' }, replace: { type: 'boolean' } }, 1)
  if (!options.ok) return misused(io, options.error)
  const [code] = options.value.positionals
  if (code === undefined) return misused(io, 'The code is missing: agent enroll CODE')
  const { json, replace } = options.value.values
  const enrolled = await enrollLocked(io, code, replace === true)
  if (enrolled.ok) print(io, enrolled.value, json === true)
  else if (json === true) io.out(`${encodeJson({ state: 'failed', ...enrolled.error })}\n`)
  return enrolled.ok ? 0 : failedWith(io, enrolled.error.sentence)
}

type Done = Enrolled & { readonly dataRoot: string }

/** Enrolls while no agent runs on the folder. */
async function enrollLocked(io: CommandIo, code: string, replaces: boolean): Promise<Result<Done, EnrollFailure>> {
  const local = openLocal(io)
  if (!local.ok) return err({ code: 'local', sentence: local.error })
  const { folder, config } = local.value
  const lock = takeLock(folder.lock)
  if (!lock.ok) return err({ code: 'running', sentence: lock.error })
  try {
    const known = readIdentity(folder)
    if (known.ok && known.value !== null && !replaces) {
      const where = config.server === null ? 'a server' : config.server.url
      const sentence = `This machine is enrolled with ${where} already. To enroll it anew and forget what waits to be sent: agent enroll --replace CODE`
      return err({ code: 'enrolled', sentence })
    }
    const ports = { folder, config, clock: systemClock(), probe: createSystemProbe(), dial: dialServer }
    const enrolled = await (replaces ? replaceIdentity(code, ports) : enrollMachine(code, ports))
    return enrolled.ok ? ok({ ...enrolled.value, dataRoot: folder.root }) : enrolled
  } finally {
    lock.value()
  }
}

function print(io: CommandIo, { identity, server, quarantined, dataRoot }: Done, isJson: boolean): void {
  const fingerprint = fingerprintOf(sha256(identity.key.pub))
  if (isJson) {
    const state = quarantined ? 'quarantined' : 'active'
    const agentId = toB64(identity.agentId)
    io.out(`${encodeJson({ state, server: server.url, agentId, fingerprint, data: dataRoot })}\n`)
    return
  }
  io.out(`This machine is enrolled with ${server.url}.\nFingerprint: ${fingerprint}\n`)
  io.out(quarantined ? 'An operator must approve it; compare the fingerprint.\n' : 'Start the agent: agent run\n')
}
