/** Who may do everything on this machine, and whether it locks itself. Counts only. I/O through the probe. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { askBlock, askFile, askProgram, parseBytes, partOf } from './ask-source.ts'
import { dsclAdminSource } from './dscl-admin.ts'
import { linuxAccountsSource } from './linux-accounts.ts'
import { macosLoginWindowSource } from './macos-login-window.ts'
import { screenLockMacosSource } from './screen-lock-macos.ts'
import { windowsAccountsSource } from './windows-accounts.ts'
import { windowsScreenLockSource } from './windows-screen-lock.ts'

const SOURCE = 'posture/accounts'
const LOCK = 'posture/screen-lock'
const MANAGED_SCREEN_SAVER = '/Library/Managed Preferences/com.apple.screensaver.plist'
const LOGIN_WINDOW = '/Library/Preferences/com.apple.loginwindow.plist'
/** What shows that somebody sits in front of a Linux machine. */
const DISPLAY_MANAGER = '/etc/systemd/system/display-manager.service'
/** Files of GDM, LightDM and SDDM, with what they say when somebody is signed in without being asked. */
const AUTOMATIC: readonly (readonly [string, RegExp])[] = [
  ['/etc/gdm3/daemon.conf', /^\s{0,20}AutomaticLoginEnable\s{0,10}=\s{0,10}(?:true|1)\b/im],
  ['/etc/gdm3/custom.conf', /^\s{0,20}AutomaticLoginEnable\s{0,10}=\s{0,10}(?:true|1)\b/im],
  ['/etc/gdm/custom.conf', /^\s{0,20}AutomaticLoginEnable\s{0,10}=\s{0,10}(?:true|1)\b/im],
  ['/etc/lightdm/lightdm.conf', /^\s{0,20}autologin-user[ \t]{0,10}=[ \t]{0,10}\S/im],
  ['/etc/sddm.conf', /^\s{0,20}User[ \t]{0,10}=[ \t]{0,10}\S/m],
]

/** `posture/accounts`. */
export const accountsTask: Task<'posture'> = {
  id: 'posture/accounts',
  check: 'posture',
  cadence: 'posture',
  parts: ['accounts', 'screenLock'],
  timeoutMs: 2 * MINUTE_MS,
  wake: ['/etc/passwd', '/etc/group', '/etc/shadow', DISPLAY_MANAGER, LOGIN_WINDOW, ...AUTOMATIC.map(([path]) => path)],
  collect: async (context) => ({
    parts: { accounts: await accounts(context), screenLock: await screenLock(context) },
    samples: {},
  }),
}

async function accounts(context: CollectContext): Promise<PostureSection['accounts']> {
  const { platform } = context.probe
  if (context.off.has(SOURCE)) return failed(SOURCE, { code: 'disabled', detail: 'switched off' })
  if (platform === 'win32')
    return partOf(await askBlock(context, windowsAccountsSource, 'accounts'), 'accounts', windowsAccountsSource.id)
  return platform === 'darwin' ? onMac(context) : onLinux(context)
}

async function onMac(context: CollectContext): Promise<PostureSection['accounts']> {
  const args = ['.', '-read', '/Groups/admin', 'GroupMembership']
  const group = partOf(await askProgram(context, dsclAdminSource, 'dscl', args), 'accounts', dsclAdminSource.id)
  const login = partOf(
    await askFile(context, macosLoginWindowSource, LOGIN_WINDOW),
    'accounts',
    macosLoginWindowSource.id,
  )
  if (group.state !== 'value' || login.state !== 'value') return group.state !== 'value' ? group : login
  const { guestEnabled, automaticLogin } = login.value
  return read(group.source, { ...group.value, guestEnabled, automaticLogin })
}

/** The three files as one; without the right to read shadow its counts stay untold. */
async function onLinux(context: CollectContext): Promise<PostureSection['accounts']> {
  const { probe } = context
  const chunks: Uint8Array[] = []
  for (const path of ['/etc/passwd', '/etc/group', '/etc/shadow']) {
    const file = await probe.readFile(path, { maxBytes: 4 * 1024 * 1024 })
    if (file.ok) chunks.push(file.value, Buffer.from('\n'))
    else if (path !== '/etc/shadow' || file.error.code !== 'access-denied')
      return failed(linuxAccountsSource.id, file.error)
  }
  const told = partOf(
    parseBytes(context, linuxAccountsSource, Buffer.concat(chunks)),
    'accounts',
    linuxAccountsSource.id,
  )
  if (told.state !== 'value') return told
  return read(told.source, { ...told.value, automaticLogin: await automaticLogin(probe) })
}

/** null: no screen to sign in at. */
/** Folders whose files are read after the files above; KDE writes its setting there (kde_settings.conf). */
const AUTOMATIC_FOLDERS: readonly (readonly [string, RegExp])[] = [
  ['/etc/lightdm/lightdm.conf.d', /^\s{0,20}autologin-user[ \t]{0,10}=[ \t]{0,10}\S/im],
  ['/etc/sddm.conf.d', /^\s{0,20}User[ \t]{0,10}=[ \t]{0,10}\S/m],
]
const MOST_FILES = 32

async function automaticFiles(probe: Probe): Promise<readonly (readonly [string, RegExp])[]> {
  const files = [...AUTOMATIC]
  for (const [folder, pattern] of AUTOMATIC_FOLDERS) {
    const entries = await probe.list(folder)
    if (!entries.ok) continue
    const names = entries.value.map(({ name }) => name).filter((name) => name.endsWith('.conf'))
    files.push(...names.slice(0, MOST_FILES).map((name) => [`${folder}/${name}`, pattern] as const))
  }
  return files
}

async function automaticLogin(probe: Probe): Promise<boolean | null> {
  if (!(await hasScreen(probe))) return null
  for (const [path, pattern] of await automaticFiles(probe)) {
    const file = await probe.readFile(path, { maxBytes: 256 * 1024 })
    if (file.ok && pattern.test(decode(file.value))) return true
    if (!file.ok && file.error.code !== 'empty') return null
  }
  return false
}

async function hasScreen(probe: Probe): Promise<boolean> {
  return (await probe.stat(DISPLAY_MANAGER)).ok || (await probe.stat('/etc/X11/default-display-manager')).ok
}

/** What a person has set is known to that person's session only; macOS and GNOME tell root nothing of it. */
async function screenLock(context: CollectContext): Promise<PostureSection['screenLock']> {
  const { platform } = context.probe
  if (context.off.has(LOCK)) return failed(LOCK, { code: 'disabled', detail: 'switched off' })
  if (platform === 'win32')
    return partOf(
      await askBlock(context, windowsScreenLockSource, 'screen-lock'),
      'screenLock',
      windowsScreenLockSource.id,
    )
  if (platform === 'linux' && !(await hasScreen(context.probe)))
    return read(LOCK, { state: 'no-screen', afterSeconds: null })
  if (platform === 'darwin') {
    const managed = await askFile(context, screenLockMacosSource, MANAGED_SCREEN_SAVER)
    if (managed.ok) return partOf(managed, 'screenLock', screenLockMacosSource.id)
  }
  return failed(LOCK, { code: 'unsupported', detail: 'Only the session of the person who is signed in knows its lock' })
}
