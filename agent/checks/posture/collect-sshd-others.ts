/** Remote login by SSH on macOS and Windows. I/O through the probe. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, read } from '../../../shared/reading.ts'
import type { CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { askWindows } from '../windows/ask.ts'
import { askProgram, partOf } from './ask-source.ts'
import { launchctlSshSource } from './launchctl-ssh.ts'
import { parseSshdConfig } from './sshd-config.ts'

type Sshd = PostureSection['sshd']
const SSH_PORT = 22
const WINDOWS_CONFIGURATION = 'C:\\ProgramData\\ssh\\sshd_config'
const WINDOWS = 'posture/sshd-windows'

/** launchd listens for sshd on its port, whatever its configuration says about ports and addresses. */
export async function collectMacSshd(context: CollectContext): Promise<Sshd> {
  const answer = await askProgram(context, launchctlSshSource, 'launchctl', ['print', 'system/com.openssh.sshd'])
  const state = partOf(answer, 'sshd', launchctlSshSource.id)
  if (state.state !== 'value' || !state.value.running) return state
  const run = await context.probe.exec('sshd', ['-T'])
  const config = run.ok ? parseSshdConfig(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
  if (!config.ok) return failed('posture/sshd-config', config.error)
  return read('posture/sshd-config', { running: true, ...config.value, ports: [SSH_PORT], reachable: true })
}

/** The service `sshd` of Windows. There is no root; passwords are accepted unless the configuration says no. */
export async function collectWindowsSshd(context: CollectContext): Promise<Sshd> {
  const services = await askWindows(context, 'remote-services')
  if (!services.ok) return failed(WINDOWS, services.error)
  const isRunning = services.value.some(
    (one) => one.text('Service')?.toLowerCase() === 'sshd' && one.count('State') === 4,
  )
  if (services.value.length === 0) return failed(WINDOWS, { code: 'empty', detail: 'no service is told' })
  if (!isRunning)
    return read(WINDOWS, { running: false, rootLogin: null, passwordLogin: null, ports: [], reachable: null })
  const file = await context.probe.readFile(WINDOWS_CONFIGURATION)
  if (!file.ok) return failed(WINDOWS, file.error)
  const { ports, passwordLogin } = windowsConfiguration(decode(file.value))
  return read(WINDOWS, { running: true, rootLogin: 'no', passwordLogin, ports: [...ports], reachable: null })
}

/** The first value of a keyword holds (sshd_config(5)); what stands under `Match` holds for some only. */
function windowsConfiguration(text: string): { readonly ports: readonly number[]; readonly passwordLogin: boolean } {
  const head = text.split(/^\s{0,40}Match\s/im, 1)[0] ?? ''
  const password = /^\s{0,40}PasswordAuthentication\s{1,40}(\w{1,10})/im.exec(head)?.[1]?.toLowerCase()
  const ports = [...head.matchAll(/^\s{0,40}Port\s{1,40}(\d{1,5})\s*$/gim)].map(([, port]) => Number(port))
  return { ports: ports.length === 0 ? [SSH_PORT] : ports.slice(0, 16), passwordLogin: password !== 'no' }
}
