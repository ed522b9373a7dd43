/** `agent doctor`: goes from the data folder to the server's proof, step by step, and says at each what is wrong and what to do. Sends nothing about this machine. */

import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { encodeJson } from '../../shared/encode-json.ts'
import { decodeCode } from '../../shared/protocol/code.ts'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { readIdentity } from '../identity.ts'
import { PROGRAMS } from '../probe/programs.ts'
import { createSystemProbe } from '../probe/system.ts'
import { explainEnd } from '../uplink/end-cause.ts'
import { meetServer, type ServerMet } from '../uplink/meet-server.ts'
import { parseServerUrl, type ServerUrl } from '../uplink/server-url.ts'
import { type Command, misused, readOptions } from './command.ts'
import { type LocalSetup, openLocal } from './local-setup.ts'

/** One step. `note`: worth knowing, nothing is broken by it. */
export type DoctorStep = { readonly step: string; readonly state: 'ok' | 'wrong' | 'note'; readonly sentence: string }

const CONNECT_TIMEOUT_MS = 5_000
const MAX_SKEW_MS = 5 * MINUTE_MS

/** Exit 1: at least one step is wrong. */
export const doctor: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' }, code: { type: 'string' } })
  if (!options.ok) return misused(io, options.error)
  const steps = await examine(io, options.value.values.code)
  if (options.value.values.json === true) io.out(`${encodeJson(steps)}\n`)
  else for (const { step, state, sentence } of steps) io.out(`${state.padEnd(6)} ${step.padEnd(12)} ${sentence}\n`)
  return steps.some(({ state }) => state === 'wrong') ? 1 : 0
}

async function examine(io: Parameters<Command>[1], code: string | undefined): Promise<readonly DoctorStep[]> {
  const steps: DoctorStep[] = []
  const add = (step: string, state: DoctorStep['state'], sentence: string) => steps.push({ step, state, sentence })
  const local = openLocal(io)
  if (!local.ok) {
    add('folder', 'wrong', local.error)
    return steps
  }
  add('folder', 'ok', `${local.value.folder.root} is closed to other users, agent.toml is understood.`)
  const isRoot = process.getuid?.() === 0
  add(
    'rights',
    isRoot ? 'ok' : 'note',
    isRoot
      ? 'The agent runs as root and can ask every tool.'
      : 'Not root: drives, firewall and some logs cannot be read, and their state will be unknown.',
  )
  await addTools(add)
  const target = findTarget(local.value, code)
  if (!target.ok) {
    add(code === undefined ? 'identity' : 'code', 'wrong', target.error)
    return steps
  }
  add(code === undefined ? 'identity' : 'code', 'ok', `The server is ${target.value.server.url}.`)
  await addNetwork(add, target.value, io.now)
  return steps
}

type Add = (step: string, state: DoctorStep['state'], sentence: string) => void

async function addTools(add: Add): Promise<void> {
  const probe = createSystemProbe()
  const found: string[] = []
  for (const program of PROGRAMS) if (await probe.has(program)) found.push(program)
  add('tools', 'note', `Tools found: ${found.join(', ') || 'none'}. What has no tool here is unknown, never good.`)
}

type Target = {
  readonly server: ServerUrl
  readonly caFile: string | null
  readonly pinS: Uint8Array
  readonly agentId: Uint8Array | null
}

function findTarget({ folder, config }: LocalSetup, code: string | undefined): Result<Target, string> {
  if (code !== undefined) {
    const decoded = decodeCode(code)
    if (!decoded.ok) return err(`This is no enrollment code: ${decoded.error.detail}.`)
    const server = parseServerUrl(decoded.value.url)
    return server.ok
      ? ok({ server: server.value, caFile: config.caFile, pinS: decoded.value.pinS, agentId: null })
      : server
  }
  const identity = readIdentity(folder)
  if (!identity.ok) return identity
  if (identity.value === null)
    return err('This machine is not enrolled. Make a code in the dashboard, then: agent enroll CODE')
  if (config.server === null) return err(`${folder.config} names no server.`)
  const { pins, agentId } = identity.value
  return ok({ server: config.server, caFile: config.caFile, pinS: pins.server, agentId })
}

async function addNetwork(add: Add, target: Target, now: () => number): Promise<void> {
  const { hostname, port, secure, host } = target.server
  try {
    const { address } = await lookup(hostname)
    add('name', 'ok', `${hostname} is ${address}.`)
  } catch {
    add(
      'name',
      'wrong',
      `The name ${hostname} is not known here. Check the address and the name servers of this machine.`,
    )
    return
  }
  const reached = await reach(hostname, port)
  add(
    'port',
    reached === null ? 'ok' : 'wrong',
    reached === null
      ? `${host} takes connections.`
      : `${host} cannot be reached (${reached}). Check that the server runs and that no firewall is between.`,
  )
  if (reached !== null) return
  const met = await meetServer(target)
  addMeeting(add, met, secure, now())
}

function addMeeting(
  add: Add,
  met: Result<ServerMet, Parameters<typeof explainEnd>[0]>,
  secure: boolean,
  now: number,
): void {
  if (!met.ok) {
    add(met.error.kind === 'unreachable' ? (secure ? 'tls' : 'upgrade') : 'server', 'wrong', explainEnd(met.error))
    return
  }
  add(
    'tls',
    secure ? 'ok' : 'note',
    secure ? 'The certificate is valid for this name.' : 'No TLS: the server is this machine itself.',
  )
  add('server', 'ok', 'The server has proven the identity that the enrollment code named.')
  const skewMs = met.value.serverTime - now
  const isFar = Math.abs(skewMs) > MAX_SKEW_MS
  add(
    'clock',
    isFar ? 'wrong' : 'ok',
    isFar
      ? `This clock and the server's differ by ${Math.round(skewMs / 1_000)} s. Set it, or switch on time synchronization.`
      : 'This clock and the server’s agree.',
  )
}

function reach(hostname: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port, timeout: CONNECT_TIMEOUT_MS })
    const end = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('no answer within 5 s'))
    socket.once('error', (error) => end('code' in error ? String(error.code) : 'failed'))
  })
}
