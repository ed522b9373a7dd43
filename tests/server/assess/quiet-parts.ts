/** Parts of a healthy Linux server of which there is nothing to tell but that all is well. */
import type { PartName, Sections } from '../../../shared/checks/index.ts'
import type { CheckName } from '../../../shared/checks/names.ts'
import { read } from '../../../shared/reading.ts'

type Parts<C extends CheckName> = { readonly [P in PartName<C>]?: Sections[C][P] }

export const QUIET = {
  disk: {
    pools: read('disk/pools', []),
    controllers: read('disk/controllers', []),
    deviceErrors: read('disk/kernel', []),
  },
  antivirus: { threats: read('antivirus/clamav', { active: 0, handled: 0, failed: 0, withinDays: 30 }) },
  backup: { lookalikes: read('backup/lookalikes', []) },
  patch: { failing: read('patch/apt-history', []) },
  posture: {
    encryption: read('posture/lsblk', [{ mount: '/', system: true, state: 'protected' as const, method: 'luks' }]),
    remoteDesktop: read('posture/remote-desktop', {
      enabled: false,
      networkLevelAuthentication: null,
      port: null,
      tools: [],
    }),
    smb1: read('posture/smb1', { enabled: false }),
    accounts: read('posture/accounts', {
      administrators: 1,
      guestEnabled: false,
      automaticLogin: false,
      emptyPasswords: 0,
      builtinAdministratorEnabled: false,
    }),
    screenLock: read('posture/screen-lock', { state: 'no-screen' as const, afterSeconds: null }),
    bootTrust: read('posture/boot-trust', { secureBoot: true, tpm: '2.0' }),
    guards: read('posture/guards', { gatekeeper: null, sip: null, uac: null }),
    ups: read('posture/ups', []),
  },
  system: { crashes: read('system/crashes', { unexpectedShutdowns: 0, systemStops: 0, withinDays: 30 }) },
} satisfies { readonly [C in CheckName]: Parts<C> }
