/** Remote desktop, tools for remote control, and SMB 1. I/O through the probe; on Linux and Windows from files and the common script. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { readProcessNames } from '../processes.ts'
import { askWindows } from '../windows/ask.ts'
import { askBlock, askProgram, partOf } from './ask-source.ts'
import { launchctlSshSource } from './launchctl-ssh.ts'
import { remoteTools } from './remote-tools.ts'
import { minimumProtocol, sambaSpeaksSmb1 } from './samba.ts'
import { windowsRdpSource } from './windows-rdp.ts'
import { windowsSmb1Source } from './windows-smb1.ts'

const SOURCE = 'posture/remote-desktop'
const SMB = 'posture/samba'
const RDP_PORT = 3389
/** Where enabled services of Linux and all services of macOS are named. */
const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/etc/systemd/system/multi-user.target.wants',
  '/etc/systemd/system/graphical.target.wants',
]
const LAUNCH_FOLDERS = ['/Library/LaunchDaemons', '/Library/LaunchAgents']

/** `posture/remote`. */
export const remoteTask: Task<'posture'> = {
  id: 'posture/remote',
  check: 'posture',
  cadence: 'posture',
  parts: ['remoteDesktop', 'smb1'],
  timeoutMs: 2 * MINUTE_MS,
  wake: [...UNIT_FOLDERS, ...LAUNCH_FOLDERS, '/etc/samba/smb.conf', '/etc/xrdp/xrdp.ini'],
  collect: async (context) => ({
    parts: { remoteDesktop: await remoteDesktop(context), smb1: await smb1(context) },
    samples: {},
  }),
}

async function remoteDesktop(context: CollectContext): Promise<PostureSection['remoteDesktop']> {
  if (context.off.has(SOURCE)) return failed(SOURCE, { code: 'disabled', detail: 'switched off' })
  switch (context.probe.platform) {
    case 'win32':
      return onWindows(context)
    case 'darwin':
      return onMac(context)
    default:
      return onLinux(context)
  }
}

async function onWindows(context: CollectContext): Promise<PostureSection['remoteDesktop']> {
  const desktop = partOf(await askBlock(context, windowsRdpSource, 'rdp'), 'remoteDesktop', windowsRdpSource.id)
  if (desktop.state !== 'value') return desktop
  const services = await askWindows(context, 'remote-services')
  if (!services.ok) return failed(SOURCE, services.error)
  return read(desktop.source, {
    ...desktop.value,
    tools: remoteTools(services.value.flatMap((one) => one.text('Service') ?? [])),
  })
}

async function onMac(context: CollectContext): Promise<PostureSection['remoteDesktop']> {
  const answer = await askProgram(context, launchctlSshSource, 'launchctl', ['print', 'system/com.apple.screensharing'])
  const desktop = partOf(answer, 'remoteDesktop', launchctlSshSource.id)
  if (desktop.state !== 'value') return desktop
  const tools = [
    ...remoteTools(await namesIn(context, LAUNCH_FOLDERS)),
    ...(desktop.value.enabled ? ['screen-sharing'] : []),
  ]
  return read(desktop.source, { ...desktop.value, tools: tools.slice(0, 16) })
}

async function onLinux(context: CollectContext): Promise<PostureSection['remoteDesktop']> {
  const names = await readProcessNames(context.probe)
  if (!names.ok) return failed(SOURCE, names.error)
  const enabled = names.value.has('xrdp') || names.value.has('gnome-remote-desktop-daemon')
  const tools = remoteTools(await namesIn(context, UNIT_FOLDERS))
  // xrdp asks for the name inside the session; there is no network level authentication to read.
  return read(SOURCE, { enabled, networkLevelAuthentication: null, port: enabled ? RDP_PORT : null, tools })
}

async function namesIn({ probe }: CollectContext, folders: readonly string[]): Promise<readonly string[]> {
  const names: string[] = []
  for (const folder of folders) {
    const entries = await probe.list(folder)
    if (entries.ok) names.push(...entries.value.map(({ name }) => name))
  }
  return names
}

async function smb1(context: CollectContext): Promise<PostureSection['smb1']> {
  const { probe, off } = context
  if (off.has(SMB)) return failed(SMB, { code: 'disabled', detail: 'switched off' })
  if (probe.platform === 'win32')
    return partOf(await askBlock(context, windowsSmb1Source, 'smb1'), 'smb1', windowsSmb1Source.id)
  if (probe.platform === 'darwin')
    return failed(SMB, { code: 'unsupported', detail: 'macOS tells nobody which versions its file sharing answers to' })
  const names = await readProcessNames(probe)
  if (!names.ok) return failed(SMB, names.error)
  return names.value.has('smbd') ? samba(context) : read(SMB, { enabled: false })
}

async function samba({ probe }: CollectContext): Promise<PostureSection['smb1']> {
  const file = await probe.readFile('/etc/samba/smb.conf')
  if (!file.ok) return failed(SMB, file.error)
  const protocol = minimumProtocol(decode(file.value))
  if (protocol !== null) return read(SMB, { enabled: sambaSpeaksSmb1(protocol, '') === true })
  const run = await probe.exec('smbd', ['-V'])
  if (!run.ok) return failed(SMB, run.error)
  const enabled = sambaSpeaksSmb1(null, decode(run.value.stdout))
  return enabled === null ? failed(SMB, { code: 'parse', detail: 'smbd tells no version' }) : read(SMB, { enabled })
}
