/** `agent enroll CODE`: trade a code of the dashboard for this machine's identity. */
import { toB64 } from '../../shared/protocol/bytes.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'
import { systemClock } from '../clock.ts'
import { enrollMachine } from '../enroll-machine.ts'
import { fingerprintOf, readIdentity } from '../identity.ts'
import { createSystemProbe } from '../probe/system.ts'
import { replaceIdentity } from '../replace-identity.ts'
import { takeLock } from '../single-instance.ts'
import { dialServer } from '../uplink/dial.ts'
import { type Command, type CommandIo, type ExitCode, failedWith, misused, readOptions } from './command.ts'
import { openLocal } from './local-setup.ts'

/** Exit 1: the code, the server or the disk is wrong; nothing is changed then but a key that was never used. */
export const enroll: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' }, replace: { type: 'boolean' } }, 1)
  if (!options.ok) return misused(io, options.error)
  const [code] = options.value.positionals
  if (code === undefined) return misused(io, 'The code is missing: agent enroll CODE')
  const isJson = options.value.values.json === true
  const local = openLocal(io)
  if (!local.ok) return refuse(io, isJson, 'local', local.error)
  const { folder, config } = local.value
  const lock = takeLock(folder.lock)
  if (!lock.ok) return refuse(io, isJson, 'running', lock.error)
  try {
    const known = readIdentity(folder)
    if (known.ok && known.value !== null && options.value.values.replace !== true) {
      const where = config.server === null ? 'a server' : config.server.url
      return refuse(
        io,
        isJson,
        'enrolled',
        `This machine is enrolled with ${where} already. To enroll it anew and forget what waits to be sent: agent enroll --replace CODE`,
      )
    }
    const ports = { folder, config, clock: systemClock(), probe: createSystemProbe(), dial: dialServer }
    const enrolled = await (options.value.values.replace === true
      ? replaceIdentity(code, ports)
      : enrollMachine(code, ports))
    if (!enrolled.ok) return refuse(io, isJson, enrolled.error.code, enrolled.error.sentence)
    const { identity, server, quarantined } = enrolled.value
    const fingerprint = fingerprintOf(sha256(identity.key.pub))
    if (isJson) {
      const state = quarantined ? 'quarantined' : 'active'
      io.out(
        `${JSON.stringify({ state, server: server.url, agentId: toB64(identity.agentId), fingerprint, data: folder.root })}\n`,
      )
    } else {
      io.out(`This machine is enrolled with ${server.url}.\nFingerprint: ${fingerprint}\n`)
      io.out(quarantined ? 'An operator must approve it; compare the fingerprint.\n' : 'Start the agent: agent run\n')
    }
    return 0
  } finally {
    lock.value()
  }
}

function refuse(io: CommandIo, isJson: boolean, code: string, sentence: string): ExitCode {
  if (isJson) io.out(`${JSON.stringify({ state: 'failed', code, sentence })}\n`)
  return failedWith(io, sentence)
}
