/** Registry of checks: name → section schema. One line per check. Pure. */
import { NEVER } from '../reading.ts'
import { AntivirusSection } from './antivirus.ts'
import { BackupSection } from './backup.ts'
import { DiskSection } from './disk.ts'
import type { CheckName } from './names.ts'
import { PatchSection } from './patch.ts'
import { PostureSection } from './posture.ts'
import { SystemSection } from './system.ts'

/** Schema of every section, by check. */
export const SECTION_SCHEMAS = {
  antivirus: AntivirusSection,
  backup: BackupSection,
  disk: DiskSection,
  patch: PatchSection,
  posture: PostureSection,
  system: SystemSection,
} as const

/** Section type by check. */
export interface Sections {
  antivirus: AntivirusSection
  backup: BackupSection
  disk: DiskSection
  patch: PatchSection
  posture: PostureSection
  system: SystemSection
}
/** The section of one check, or of any. */
export type Section<C extends CheckName = CheckName> = Sections[C]

/** Parts of a section: every key but `samples`. */
export type PartName<C extends CheckName> = Exclude<keyof Sections[C], 'samples'> & string

const EMPTY: { readonly [C in CheckName]: Sections[C] } = {
  antivirus: { samples: [], products: NEVER, threats: NEVER },
  backup: { samples: [], tools: NEVER, jobs: NEVER, lookalikes: NEVER, holdsData: NEVER },
  disk: {
    samples: [],
    drives: NEVER,
    arrays: NEVER,
    volumes: NEVER,
    pools: NEVER,
    controllers: NEVER,
    deviceErrors: NEVER,
  },
  patch: {
    samples: [],
    manager: NEVER,
    updates: NEVER,
    database: NEVER,
    automatic: NEVER,
    failing: NEVER,
    reboot: NEVER,
  },
  posture: {
    samples: [],
    firewall: NEVER,
    encryption: NEVER,
    remoteDesktop: NEVER,
    smb1: NEVER,
    accounts: NEVER,
    screenLock: NEVER,
    bootTrust: NEVER,
    guards: NEVER,
    ups: NEVER,
    sshd: NEVER,
    time: NEVER,
  },
  system: {
    samples: [],
    os: NEVER,
    boot: NEVER,
    virtualization: NEVER,
    hardware: NEVER,
    crashes: NEVER,
    batteries: NEVER,
  },
}

/** A section in which nothing was read yet: every part `never`. What a parser of one tool starts from. */
export function emptySection<C extends CheckName>(check: C): Sections[C] {
  return EMPTY[check]
}

/**
 * A section as this build knows it: parts that an older agent does not send are `never`. New parts are how a section grows, so that
 * every agent of the last 24 months stays readable; new fields inside an old part are optional.
 */
export function wholeSection(check: CheckName, body: object): { readonly [part: string]: unknown } {
  const { samples: _samples, ...parts } = emptySection(check)
  return { ...parts, ...body }
}
