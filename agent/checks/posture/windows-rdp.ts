/** Remote Desktop of Windows by the registry: policy over the machine's own settings, and the service that answers. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { type PostureValue, tellResult } from './contribute.ts'
import { readRegistry } from './registry.ts'

const POLICY = '\\policies\\microsoft\\windows nt\\terminal services'
const LOCAL = '\\control\\terminal server'
const LISTENER = '\\terminal server\\winstations\\rdp-tcp'

/** Errors: those of `readRegistry`, `exit`, `empty` when fDenyTSConnections is not told. */
export function parseRdp(bytes: Uint8Array, exitCode: number | null): Result<PostureValue<'remoteDesktop'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the registry was not read: exit ${exitCode}` })
  const registry = readRegistry(bytes, 'rdp')
  if (!registry.ok) return registry
  const { flag, number, runs } = registry.value
  const denied = flag(POLICY, 'fDenyTSConnections') ?? flag(LOCAL, 'fDenyTSConnections')
  if (denied === null) return err({ code: 'empty', detail: 'fDenyTSConnections is not told' })
  const port = number(LISTENER, 'PortNumber')
  return ok({
    enabled: !denied && runs('TermService') !== false,
    networkLevelAuthentication: flag(POLICY, 'UserAuthentication') ?? flag(LISTENER, 'UserAuthentication'),
    port: port !== null && port > 0 && port < 65_536 ? port : null,
    tools: [],
  })
}

/** Errors as `parseRdp`. */
export const windowsRdpSource: Source<'posture'> = {
  id: 'posture/windows-rdp',
  check: 'posture',
  parse: ({ stdout, exitCode }) => tellResult('posture/windows-rdp', 'remoteDesktop', parseRdp(stdout, exitCode)),
}
