/**
 * Facts that the API shows, by key, with the values each carries: `FactRow.values` of `FactRow.key`. The catalogue of every
 * language must have each key. Units as in the names; instants epoch ms; null: the source did not say. Strings are hostile. Pure.
 */
import type { EpochMs } from '../units.ts'

/** Three-valued word: values of the API hold no booleans; null: could not tell. */
export type YesNo = 'yes' | 'no' | null

/** Values of each fact. A plural key (`disk.drives`) stands for a whole list: read and empty, failed, or never read. */
export interface FactValues {
  'disk.drives': { count: number }
  'disk.drive': {
    name: string
    device: string
    kind: string
    serial: string | null
    capacityBytes: number | null
    /** The drive's own verdict. */
    passed: YesNo
    temperatureCelsius: number | null
    powerOnHours: number | null
    wearPercent: number | null
    reallocatedSectors: number | null
    pendingSectors: number | null
    uncorrectable: number | null
    lastSelfTest: string | null
  }
  'disk.arrays': { count: number }
  'disk.array': {
    name: string
    level: string | null
    /** `healthy degraded rebuilding checking inactive unknown`. */
    state: string
    membersActive: number | null
    membersWanted: number | null
    rebuildPercent: number | null
  }
  'disk.volumes': { count: number }
  'disk.volume': {
    mount: string
    device: string
    fsType: string
    usedPercent: number | null
    usedBytes: number | null
    availableBytes: number | null
    totalBytes: number | null
    inodesFree: number | null
    readOnly: YesNo
    /** Errors that the file system counted. */
    errors: number | null
    daysUntilFull: number | null
  }
  'disk.pools': { count: number }
  'disk.pool': {
    name: string
    /** `zfs btrfs lvm storage-spaces bcache`. */
    kind: string
    /** `healthy degraded rebuilding faulted unknown`. */
    state: string
    usedPercent: number | null
    /** Read, write and checksum errors together. */
    errors: number | null
    /** Files or blocks known to be lost. */
    dataErrors: number | null
    /** `clean repaired errors canceled`. */
    lastScrub: string | null
    scrubbedAt: EpochMs | null
  }
  'disk.controllers': { count: number }
  'disk.controller': {
    name: string
    /** `healthy degraded failed unknown`. */
    state: string
    /** `healthy learning degraded failed absent`. */
    battery: string | null
    drives: number
    /** Drives that failed, are missing or foretell their failure. */
    badDrives: number
  }
  'disk.device-errors': { count: number }
  'disk.device-error': {
    device: string
    /** `bad-block retry reset controller file-system predicted`. */
    kind: string
    count: number
    withinHours: number
  }
  'patch.manager': { name: string }
  'patch.updates': {
    /** null: which of them are for security is not told. */
    security: number | null
    other: number | null
    phased: number
    held: number
    heldSecurity: number
    keptBack: number
    /** Names of the security updates, comma-separated, at most ten. */
    names: string
  }
  'patch.database': { broken: YesNo; problems: string }
  'patch.automatic': { enabled: YesNo; mechanism: string | null }
  'patch.reboot': { required: YesNo; reasons: string; running: string | null; installed: string | null }
  /** Names at most ten, comma-separated. */
  'patch.failing': { count: number; names: string }
  'patch.list': { refreshedAt: EpochMs | null }
  'patch.upgrade': { lastAt: EpochMs | null }
  'antivirus.products': { count: number }
  'antivirus.product': {
    name: string
    /** `antivirus edr scanner builtin`. */
    kind: string
    running: YesNo
    realTime: YesNo
    /** `active passive off snoozed expired reduced unregistered`. */
    mode: string | null
    /** What the product itself says; a date is the better proof. */
    signaturesCurrent: YesNo
    updaterRunning: YesNo
    engineVersion: string | null
    signaturesAt: EpochMs | null
  }
  'antivirus.threats': { active: number; handled: number | null; failed: number | null; withinDays: number }
  'backup.tools': { count: number; names: string }
  'backup.jobs': { count: number }
  'backup.job': {
    name: string
    tool: string
    /** Kind of place: `local usb nas smb nfs sftp s3 cloud server unknown`. */
    place: string
    destination: string | null
    lastResult: string | null
    lastSuccessAt: EpochMs | null
    lastRunAt: EpochMs | null
    bytes: number | null
    copies: number | null
    everyMs: number | null
    offsite: YesNo
    sameDisk: YesNo
    encrypted: YesNo
    tooSmall: YesNo
  }
  'backup.lookalikes': { count: number }
  /** `sync` or `snapshot`: never a copy. */
  'backup.lookalike': { name: string; kind: string; count: number | null; newestAt: EpochMs | null }
  'backup.holds-data': { holds: YesNo; reason: string; detail: string }
  'posture.firewall': { tool: string | null; enabled: YesNo; startsAtBoot: YesNo; inbound: string | null }
  'posture.encryption': { count: number }
  /** `protected suspended off partial encrypting decrypting locked`. */
  'posture.encrypted-volume': { mount: string; state: string; method: string | null }
  'posture.remote-desktop': { enabled: YesNo; networkLevelAuthentication: YesNo; port: number | null; tools: string }
  'posture.smb1': { enabled: YesNo }
  'posture.accounts': {
    administrators: number | null
    guestEnabled: YesNo
    automaticLogin: YesNo
    emptyPasswords: number | null
    builtinAdministratorEnabled: YesNo
  }
  /** `on off no-screen`. */
  'posture.screen-lock': { state: string; afterSeconds: number | null }
  'posture.boot-trust': { secureBoot: YesNo; tpm: string | null }
  'posture.guards': { gatekeeper: YesNo; sip: YesNo; uac: YesNo }
  'posture.upses': { count: number }
  'posture.ups': {
    name: string
    /** `online on-battery low-battery bypass off unknown`. */
    status: string
    replaceBattery: YesNo
    chargePercent: number | null
    runtimeMs: number | null
  }
  'posture.sshd': {
    running: YesNo
    /** `yes no keys-only forced-commands`. */
    rootLogin: string | null
    passwordLogin: YesNo
    ports: string
    reachable: YesNo
  }
  'posture.time': { synchronized: YesNo; tool: string | null; enabled: YesNo; offsetMs: number | null }
  'system.os': { name: string; version: string | null; kernel: string | null }
  'system.boot': { bootedAt: EpochMs }
  'system.virtualization': { kind: string; container: YesNo }
  'system.hardware': {
    vendor: string | null
    model: string | null
    serial: string | null
    chassis: string | null
    cpu: string | null
    cpuThreads: number | null
    memoryBytes: number | null
    biosDate: string | null
  }
  'system.crashes': { unexpectedShutdowns: number; systemStops: number | null; withinDays: number }
  'system.batteries': { count: number }
  'system.battery': { name: string; healthPercent: number | null; cycles: number | null }
  'system.memory': { usedBytes: number; totalBytes: number | null; swapUsedBytes: number | null }
  'system.load': { busyPercent: number | null; load: number | null }
  'agent.link': { connected: YesNo; lastReportAt: EpochMs | null; everyMs: number }
  'agent.clock': { skewMs: number; futureMs: number }
  'agent.build': { build: string }
  'agent.gap': { from: number; to: number; why: string; at: EpochMs }
}

/** Key of a fact's text. */
export type FactKey = keyof FactValues & string

/** Every key, in the order in which a page lists them. */
export const FACT_KEYS = [
  'disk.drives',
  'disk.drive',
  'disk.arrays',
  'disk.array',
  'disk.volumes',
  'disk.volume',
  'disk.pools',
  'disk.pool',
  'disk.controllers',
  'disk.controller',
  'disk.device-errors',
  'disk.device-error',
  'patch.manager',
  'patch.updates',
  'patch.failing',
  'patch.database',
  'patch.automatic',
  'patch.reboot',
  'patch.list',
  'patch.upgrade',
  'antivirus.products',
  'antivirus.product',
  'antivirus.threats',
  'backup.tools',
  'backup.jobs',
  'backup.job',
  'backup.lookalikes',
  'backup.lookalike',
  'backup.holds-data',
  'posture.firewall',
  'posture.encryption',
  'posture.encrypted-volume',
  'posture.remote-desktop',
  'posture.sshd',
  'posture.smb1',
  'posture.accounts',
  'posture.screen-lock',
  'posture.boot-trust',
  'posture.guards',
  'posture.upses',
  'posture.ups',
  'posture.time',
  'system.os',
  'system.boot',
  'system.virtualization',
  'system.hardware',
  'system.crashes',
  'system.batteries',
  'system.battery',
  'system.memory',
  'system.load',
  'agent.link',
  'agent.clock',
  'agent.build',
  'agent.gap',
] as const satisfies readonly FactKey[]

/** Does not compile when a fact is missing from FACT_KEYS. */
export type EveryFactIsListed = Exclude<FactKey, (typeof FACT_KEYS)[number]> extends never ? true : never
const LISTED: EveryFactIsListed = true
void LISTED
