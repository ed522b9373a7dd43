/** Sections of a healthy server, and small builders that change one thing. For tests of facts, rules and assess. */
import type { Job } from '../../../shared/checks/backup.ts'
import type { Drive, RaidArray, Smart, Volume } from '../../../shared/checks/disk.ts'
import type { Sections } from '../../../shared/checks/index.ts'
import { read } from '../../../shared/reading.ts'
import { DAY_MS, GB, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { QUIET } from './quiet-parts.ts'

/** Any fixed instant will do; a Wednesday. */
export const NOW = Date.UTC(2026, 8, 16, 9)

export const SMART: Smart = {
  passed: true,
  exitBits: 0,
  failingAttributes: [],
  reallocatedSectors: 0,
  pendingSectors: 0,
  offlineUncorrectable: 0,
  reportedUncorrectable: 0,
  commandTimeouts: 0,
  crcErrors: 0,
  endToEndErrors: 0,
  spinRetries: 0,
  wearPercent: null,
  lastSelfTest: 'passed',
  errorLogCount: 0,
  nvme: null,
  scsi: null,
}

export const NVME: Smart = {
  ...SMART,
  reallocatedSectors: null,
  pendingSectors: null,
  offlineUncorrectable: null,
  reportedUncorrectable: null,
  commandTimeouts: null,
  crcErrors: null,
  endToEndErrors: null,
  spinRetries: null,
  wearPercent: 12,
  lastSelfTest: null,
  nvme: {
    criticalWarning: 0,
    mediaErrors: 0,
    availableSparePercent: 100,
    spareThresholdPercent: 10,
    unsafeShutdowns: 3,
  },
}

export const aDrive = (change: Partial<Drive> = {}, smart: Partial<Smart> = {}): Drive => ({
  key: 'WD/1',
  device: '/dev/sda',
  type: 'sat',
  model: 'WD',
  serial: '1',
  firmware: null,
  kind: 'hdd',
  capacityBytes: 2_000 * GB,
  smart: read('disk/smartctl', { ...SMART, ...smart }),
  ...change,
})

export const anNvme = (change: Partial<Drive> = {}, smart: Partial<Smart> = {}): Drive =>
  aDrive(
    { key: 'NV/2', device: '/dev/nvme0', type: 'nvme', model: 'NV', serial: '2', kind: 'nvme', ...change },
    { ...NVME, ...smart },
  )

export const anArray = (change: Partial<RaidArray> = {}): RaidArray => ({
  name: 'md0',
  level: 'raid1',
  state: 'healthy',
  membersWanted: 2,
  membersActive: 2,
  redundancyLeft: 1,
  members: [
    { device: 'sda1', state: 'active' },
    { device: 'sdb1', state: 'active' },
  ],
  mismatchCount: 0,
  ...change,
})

export const aVolume = (change: Partial<Volume> = {}): Volume => ({
  mount: '/',
  device: '/dev/sda2',
  fsType: 'ext4',
  network: false,
  system: true,
  readOnly: false,
  readOnlyExpected: false,
  errorCount: 0,
  size: read('disk/volumes', { totalBytes: 100 * GB, inodesTotal: 1_000_000 }),
  ...change,
})

export const aJob = (change: Partial<Job> = {}): Job => ({
  id: 'restic:nightly',
  tool: 'restic',
  name: 'nightly',
  destination: { kind: 'sftp', label: 'nas.example', sameDisk: false, offsite: true, encrypted: true },
  expectedEveryMs: null,
  status: read('backup/restic', { lastResult: 'success', copies: 30, tooSmall: false }),
  ...change,
})

export const HEALTHY: Sections = {
  disk: {
    ...QUIET.disk,
    samples: [
      'drive:NV/2:temperatureCelsius',
      'drive:WD/1:temperatureCelsius',
      'volume:/:availableBytes',
      'volume:/:inodesFree',
      'volume:/:usedBytes',
    ],
    drives: read('disk/smartctl', [aDrive(), anNvme()]),
    arrays: read('disk/mdstat', [anArray()]),
    volumes: read('disk/volumes', [aVolume()]),
  },
  patch: {
    ...QUIET.patch,
    samples: ['list:refreshedAt', 'upgrade:lastAt'],
    manager: read('patch/apt', { name: 'apt' }),
    updates: read('patch/apt', {
      security: 0,
      other: 2,
      phased: 0,
      held: 0,
      heldSecurity: 0,
      keptBack: 0,
      securityUpdates: [],
    }),
    database: read('patch/dpkg', { broken: false, problems: [] }),
    automatic: read('patch/apt-config', { enabled: true, mechanism: 'unattended-upgrades' }),
    reboot: read('patch/reboot', {
      required: false,
      reasons: [],
      runningKernel: '6.12.1',
      installedKernel: '6.12.1',
    }),
  },
  antivirus: {
    ...QUIET.antivirus,
    samples: ['product:clamav:signaturesAt'],
    products: read('antivirus/clamav', [
      {
        id: 'clamav',
        name: 'ClamAV',
        kind: 'antivirus',
        running: true,
        realTime: true,
        engineVersion: '1.4.1',
        updaterRunning: true,
      },
    ]),
  },
  backup: {
    ...QUIET.backup,
    samples: ['job:restic:nightly:bytes', 'job:restic:nightly:lastRunAt', 'job:restic:nightly:lastSuccessAt'],
    tools: read('backup/tools', [{ id: 'restic', name: 'restic' }]),
    jobs: read('backup/restic', [aJob()]),
    holdsData: read('backup/holds-data', { holds: true, reason: 'databases', detail: 'postgresql' }),
  },
  posture: {
    ...QUIET.posture,
    samples: ['time:offsetMicroseconds'],
    firewall: read('posture/ufw', { tool: 'ufw', enabled: true, startsAtBoot: true, inbound: 'drop' }),
    sshd: read('posture/sshd', { running: true, rootLogin: 'no', passwordLogin: false, ports: [22], reachable: true }),
    time: read('posture/time', { synchronized: true, tool: 'chrony', enabled: true }),
  },
  system: {
    ...QUIET.system,
    samples: ['cpu:busyPermille', 'memory:usedBytes'],
    os: read('system/os-release', {
      family: 'linux',
      id: 'debian',
      name: 'Debian GNU/Linux 13',
      version: '13',
      build: null,
      kernel: '6.12.1',
      edition: null,
    }),
    boot: read('system/boot', { bootedAt: NOW - 9 * DAY_MS }),
    virtualization: read('system/virt', { kind: 'none', container: false }),
    hardware: read('system/inventory', {
      vendor: 'Dell',
      model: 'T340',
      serial: 'X1',
      chassis: 'server',
      biosDate: '2024-01-01',
      cpu: 'Xeon',
      cpuThreads: 8,
      memoryBytes: 32 * GB,
    }),
    batteries: read('system/batteries', []),
  },
}

/** Samples of the healthy server, as measured at `NOW`. */
export const SAMPLES: { readonly [C in keyof Sections]: { readonly [key: string]: number | null } } = {
  disk: {
    'drive:NV/2:temperatureCelsius': 41,
    'drive:WD/1:temperatureCelsius': 35,
    'volume:/:availableBytes': 60 * GB,
    'volume:/:inodesFree': 900_000,
    'volume:/:usedBytes': 40 * GB,
  },
  patch: { 'list:refreshedAt': NOW - 5 * HOUR_MS, 'upgrade:lastAt': NOW - 6 * DAY_MS },
  antivirus: { 'product:clamav:signaturesAt': NOW - 8 * HOUR_MS },
  backup: {
    'job:restic:nightly:bytes': 80 * GB,
    'job:restic:nightly:lastRunAt': NOW - 9 * HOUR_MS,
    'job:restic:nightly:lastSuccessAt': NOW - 9 * HOUR_MS,
  },
  posture: { 'time:offsetMicroseconds': 1_200 },
  system: { 'cpu:busyPermille': 40, 'memory:usedBytes': 12 * GB },
}

/** How long ago the healthy server collected each check. */
export const COLLECTED_AGO = 2 * MINUTE_MS
