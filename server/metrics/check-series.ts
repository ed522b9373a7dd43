/** The series that come from the six checks of one machine. A part that cannot be read now gives none. Pure. */
import type { Drive, RaidArray, Volume } from '../../shared/checks/disk.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { itemLabel } from './item-label.ts'
import type { Put } from './machine-series.ts'

/** The newest value of a sample; null: none, failed, or too old to speak of now. */
type SampleOf = (check: CheckName, key: string) => number | null
type Checks = MachineState['checks']
type IsReadable = (part: string) => boolean

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0)
const scaled = (value: number | null, by: number): number | null => (value === null ? null : value / by)

/** Calls `use` with each item and its label; of items of one name with the first only, since no series may stand twice. */
function eachNamed<T>(
  items: readonly T[],
  label: string,
  nameOf: (item: T) => string,
  use: (item: T, labels: string) => void,
): void {
  const seen = new Set<string>()
  for (const item of items) {
    const labels = itemLabel(label, nameOf(item))
    if (!seen.has(labels)) use(item, labels)
    seen.add(labels)
  }
}

/** Puts every series of the checks. */
export function checkSeries({ checks }: MachineState, isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  diskSeries(checks.disk, isReadable, sampleOf, put)
  backupSeries(checks.backup, isReadable, sampleOf, put)
  patchSeries(checks.patch, isReadable, sampleOf, put)
  antivirusSeries(checks.antivirus, isReadable, sampleOf, put)
  postureSeries(checks.posture, isReadable, sampleOf, put)
  systemSeries(checks.system, isReadable, sampleOf, put)
}

function diskSeries({ section }: Checks['disk'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { drives, arrays, volumes } = section
  if (volumes.state === 'value' && isReadable('disk/volumes')) {
    eachNamed(
      volumes.value,
      'volume',
      ({ mount }) => mount,
      (volume, labels) => volumeSeries(volume, labels, sampleOf, put),
    )
  }
  if (drives.state === 'value' && isReadable('disk/drives')) {
    eachNamed(
      drives.value,
      'drive',
      ({ key }) => key,
      (drive, labels) => driveSeries(drive, labels, sampleOf, put),
    )
  }
  if (arrays.state === 'value' && isReadable('disk/arrays')) {
    eachNamed(
      arrays.value,
      'array',
      ({ name }) => name,
      (array, labels) => arraySeries(array, labels, put),
    )
  }
}

function volumeSeries(
  { mount, size, readOnly, errorCount }: Volume,
  labels: string,
  sampleOf: SampleOf,
  put: Put,
): void {
  put('volumeReadOnly', labels, flag(readOnly))
  put('volumeErrors', labels, errorCount)
  if (size.state !== 'value') return
  put('volumeSize', labels, size.value.totalBytes)
  put('volumeUsed', labels, sampleOf('disk', `volume:${mount}:usedBytes`))
  put('volumeAvailable', labels, sampleOf('disk', `volume:${mount}:availableBytes`))
  put('volumeInodes', labels, sampleOf('disk', `volume:${mount}:inodesFree`))
}

function driveSeries({ key, smart }: Drive, labels: string, sampleOf: SampleOf, put: Put): void {
  if (smart.state !== 'value') return
  const { passed, wearPercent, reallocatedSectors, pendingSectors } = smart.value
  const hours = sampleOf('disk', `drive:${key}:powerOnHours`)
  put('driveTemperature', labels, sampleOf('disk', `drive:${key}:temperatureCelsius`))
  put('drivePowerOn', labels, hours === null ? null : hours * 3_600)
  put('driveWear', labels, scaled(wearPercent, 100))
  put('driveHealthy', labels, flag(passed))
  put('driveReallocated', labels, reallocatedSectors)
  put('drivePending', labels, pendingSectors)
}

function arraySeries({ membersActive, membersWanted }: RaidArray, labels: string, put: Put): void {
  put('arrayActive', labels, membersActive)
  put('arrayWanted', labels, membersWanted)
}

function backupSeries({ section }: Checks['backup'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { jobs } = section
  if (jobs.state !== 'value' || !isReadable('backup/jobs')) return
  eachNamed(
    jobs.value,
    'job',
    ({ id }) => id,
    ({ id, status }, labels) => {
      if (status.state !== 'value') return
      put('backupSuccess', labels, scaled(sampleOf('backup', `job:${id}:lastSuccessAt`), 1_000))
      put('backupRun', labels, scaled(sampleOf('backup', `job:${id}:lastRunAt`), 1_000))
      put('backupSize', labels, sampleOf('backup', `job:${id}:bytes`))
      put('backupCopies', labels, status.value.copies ?? sampleOf('backup', `job:${id}:copies`))
    },
  )
}

function patchSeries({ section }: Checks['patch'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { updates, automatic, reboot } = section
  if (updates.state === 'value' && isReadable('patch/updates')) {
    put('updates', 'kind="security"', updates.value.security)
    put('updates', 'kind="other"', updates.value.other)
    put('updatesHeld', '', updates.value.held)
    put('updatesList', '', scaled(sampleOf('patch', 'list:refreshedAt'), 1_000))
    put('updatesLast', '', scaled(sampleOf('patch', 'upgrade:lastAt'), 1_000))
  }
  if (automatic.state === 'value' && isReadable('patch/automatic')) {
    put('updatesAutomatic', '', flag(automatic.value.enabled))
  }
  if (reboot.state === 'value' && isReadable('patch/reboot')) put('reboot', '', flag(reboot.value.required))
}

function antivirusSeries({ section }: Checks['antivirus'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { products } = section
  if (products.state !== 'value' || !isReadable('antivirus/products')) return
  eachNamed(
    products.value,
    'product',
    ({ id }) => id,
    ({ id, running, realTime }, labels) => {
      put('antivirusRunning', labels, flag(running))
      put('antivirusRealTime', labels, flag(realTime))
      put('antivirusSignatures', labels, scaled(sampleOf('antivirus', `product:${id}:signaturesAt`), 1_000))
    },
  )
}

function postureSeries({ section }: Checks['posture'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { firewall, sshd, time } = section
  if (firewall.state === 'value' && isReadable('posture/firewall')) put('firewall', '', flag(firewall.value.enabled))
  if (sshd.state === 'value' && isReadable('posture/sshd')) {
    put('sshPassword', '', sshd.value.running ? flag(sshd.value.passwordLogin) : 0)
  }
  if (time.state === 'value' && isReadable('posture/time')) {
    put('timeSynchronized', '', flag(time.value.synchronized))
    put('timeOffset', '', scaled(sampleOf('posture', 'time:offsetMicroseconds'), 1_000_000))
  }
}

function systemSeries({ section }: Checks['system'], isReadable: IsReadable, sampleOf: SampleOf, put: Put): void {
  const { boot, hardware, batteries } = section
  if (boot.state === 'value' && isReadable('system/boot')) put('boot', '', boot.value.bootedAt / 1_000)
  if (hardware.state === 'value' && isReadable('system/hardware')) put('memorySize', '', hardware.value.memoryBytes)
  put('memoryUsed', '', sampleOf('system', 'memory:usedBytes'))
  put('swapUsed', '', sampleOf('system', 'swap:usedBytes'))
  put('cpuBusy', '', scaled(sampleOf('system', 'cpu:busyPermille'), 1_000))
  put('load', '', scaled(sampleOf('system', 'load:centi1'), 100))
  if (batteries.state !== 'value' || !isReadable('system/batteries')) return
  eachNamed(
    batteries.value,
    'battery',
    ({ name }) => name,
    ({ designCapacity, fullCapacity }, labels) => {
      const isKnown = designCapacity !== null && designCapacity > 0 && fullCapacity !== null
      put('battery', labels, isKnown ? fullCapacity / designCapacity : null)
    },
  )
}
