/** Which rhythm each part and each sample of a section follows, and from which age it no longer proves the present. Pure. */
import type { PartName } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { LimitKey } from '../policy/defaults.ts'
import type { Policy } from '../policy/resolve.ts'

type CadenceKey = Extract<LimitKey, `cadence.${string}`>

/** Cadence of every part of every check. */
export const PART_CADENCES: { readonly [C in CheckName]: { readonly [P in PartName<C>]: CadenceKey } } = {
  antivirus: { products: 'cadence.antivirusMs', threats: 'cadence.antivirusMs' },
  backup: {
    tools: 'cadence.backupMs',
    jobs: 'cadence.backupMs',
    lookalikes: 'cadence.backupMs',
    holdsData: 'cadence.backupMs',
  },
  disk: {
    drives: 'cadence.smartMs',
    arrays: 'cadence.raidMs',
    volumes: 'cadence.capacityMs',
    pools: 'cadence.raidMs',
    controllers: 'cadence.smartMs',
    deviceErrors: 'cadence.smartMs',
  },
  patch: {
    manager: 'cadence.patchMs',
    updates: 'cadence.patchMs',
    database: 'cadence.patchMs',
    automatic: 'cadence.patchMs',
    failing: 'cadence.patchMs',
    reboot: 'cadence.patchMs',
  },
  posture: {
    firewall: 'cadence.postureMs',
    encryption: 'cadence.postureMs',
    remoteDesktop: 'cadence.postureMs',
    smb1: 'cadence.postureMs',
    accounts: 'cadence.postureMs',
    screenLock: 'cadence.postureMs',
    bootTrust: 'cadence.postureMs',
    guards: 'cadence.postureMs',
    ups: 'cadence.postureMs',
    sshd: 'cadence.postureMs',
    time: 'cadence.postureMs',
  },
  system: {
    os: 'cadence.inventoryMs',
    boot: 'cadence.inventoryMs',
    virtualization: 'cadence.inventoryMs',
    hardware: 'cadence.inventoryMs',
    crashes: 'cadence.inventoryMs',
    batteries: 'cadence.inventoryMs',
  },
}

const SAMPLE_CADENCES: { readonly [C in CheckName]: CadenceKey } = {
  antivirus: 'cadence.antivirusMs',
  backup: 'cadence.backupMs',
  disk: 'cadence.capacityMs',
  patch: 'cadence.patchMs',
  posture: 'cadence.postureMs',
  system: 'cadence.vitalsMs',
}

/** Three missed rhythms, or what the role allows if that is longer. */
const RHYTHMS_MISSED = 3

/** @returns age in ms past which something of this cadence is stale. */
export function staleAfterMs(policy: Policy, cadence: CadenceKey): number {
  return agedAfterMs(policy, Number(policy.values[cadence]))
}

/** @returns age in ms past which something that comes every `everyMs` is stale. */
export function agedAfterMs(policy: Policy, everyMs: number): number {
  return Math.max(Number(policy.values['facts.staleMs']), RHYTHMS_MISSED * everyMs)
}

/** @returns the cadence that a sample follows. @param key sample key such as `drive:<key>:temperatureCelsius`. */
export function cadenceOfSample(check: CheckName, key: string): CadenceKey {
  if (check !== 'disk') return SAMPLE_CADENCES[check]
  if (key.startsWith('drive:') || key.startsWith('controller:')) return 'cadence.smartMs'
  return key.startsWith('array:') || key.startsWith('pool:') ? 'cadence.raidMs' : 'cadence.capacityMs'
}
