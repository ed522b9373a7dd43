/** What stays as it is in the demonstration: parts that no event of a scenario touches. Pure. */
import type { PartName, Sections } from '../../../shared/checks/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import { read } from '../../../shared/reading.ts'
import { osOf } from '../scenario/operating-systems.ts'
import type { DemoMachine } from '../scenario/world.ts'

type Parts<C extends CheckName> = { readonly [P in PartName<C>]?: Sections[C][P] }

/** Pools, controllers and the errors that the system logged: none of them. */
export const STEADY_DISK: Parts<'disk'> = {
  pools: read('disk/pools', []),
  controllers: read('disk/controllers', []),
  deviceErrors: read('disk/events', []),
}

/** No product found anything. */
export const STEADY_ANTIVIRUS: Parts<'antivirus'> = {
  threats: read('antivirus/threats', { active: 0, handled: 0, failed: 0, withinDays: 30 }),
}

/** Neither synchronisation nor snapshots. */
export const STEADY_BACKUP: Parts<'backup'> = { lookalikes: read('backup/lookalikes', []) }

/** No update that fails. */
export const STEADY_PATCH: Parts<'patch'> = { failing: read('patch/history', []) }

/** No end that nobody wanted. */
export const STEADY_SYSTEM: Parts<'system'> = {
  crashes: read('system/events', { unexpectedShutdowns: 0, systemStops: 0, withinDays: 30 }),
}

const SYSTEM_MOUNTS = { linux: '/', windows: 'C:', macos: '/' } as const
const METHODS = { linux: 'luks', windows: 'xts-aes-128', macos: 'filevault' } as const

/** What a machine that somebody looked after says of access and encryption. */
export function steadyPosture({ spec }: DemoMachine): Parts<'posture'> {
  const { family } = osOf(spec.os).facts
  const isWindows = family === 'windows'
  const gatekeeper = family === 'macos' ? true : null
  const mount = SYSTEM_MOUNTS[family]
  const method = METHODS[family]
  return {
    encryption: read('posture/encryption', [{ mount, system: true, state: 'protected', method }]),
    remoteDesktop: read('posture/remote-desktop', {
      enabled: false,
      networkLevelAuthentication: isWindows ? true : null,
      port: isWindows ? 3389 : null,
      tools: [],
    }),
    smb1: read('posture/smb1', { enabled: false }),
    accounts: read('posture/accounts', {
      administrators: 2,
      guestEnabled: false,
      automaticLogin: false,
      emptyPasswords: 0,
      builtinAdministratorEnabled: false,
    }),
    screenLock: read('posture/screen-lock', { state: 'on', afterSeconds: 600 }),
    bootTrust: read('posture/boot-trust', { secureBoot: true, tpm: family === 'macos' ? null : '2.0' }),
    guards: read('posture/guards', { gatekeeper, sip: gatekeeper, uac: isWindows ? true : null }),
    ups: read('posture/ups', []),
  }
}
