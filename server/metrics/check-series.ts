/** The series that come from the six checks of one machine. A part that cannot be read now gives none. Pure. */
import type { Drive, RaidArray, Volume } from '../../shared/checks/disk.ts'
import type { SampleFact } from '../facts/facts.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { itemLabel } from './item-label.ts'
import type { Put } from './machine-series.ts'

type Samples = ReadonlyMap<string, SampleFact>
type Checks = MachineState['checks']
type IsReadable = (part: string) => boolean

const sample = (samples: Samples, key: string): number | null => samples.get(key)?.value ?? null
const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0)
const scaled = (value: number | null, by: number): number | null => (value === null ? null : value / by)

/** Puts every series of the checks. */
export function checkSeries({ checks }: MachineState, isReadable: IsReadable, put: Put): void {
  diskSeries(checks.disk, isReadable, put)
  backupSeries(checks.backup, isReadable, put)
  patchSeries(checks.patch, isReadable, put)
  antivirusSeries(checks.antivirus, isReadable, put)
  postureSeries(checks.posture, isReadable, put)
  systemSeries(checks.system, isReadable, put)
}

function diskSeries({ section, samples }: Checks['disk'], isReadable: IsReadable, put: Put): void {
  const { drives, arrays, volumes } = section
  if (volumes.state === 'value' && isReadable('disk/volumes')) {
    for (const volume of volumes.value) volumeSeries(volume, samples, put)
  }
  if (drives.state === 'value' && isReadable('disk/drives')) {
    for (const drive of drives.value) driveSeries(drive, samples, put)
  }
  if (arrays.state === 'value' && isReadable('disk/arrays')) {
    for (const array of arrays.value) arraySeries(array, put)
  }
}

function volumeSeries({ mount, size, readOnly, errorCount }: Volume, samples: Samples, put: Put): void {
  const labels = itemLabel('volume', mount)
  put('volumeReadOnly', labels, flag(readOnly))
  put('volumeErrors', labels, errorCount)
  if (size.state !== 'value') return
  put('volumeSize', labels, size.value.totalBytes)
  put('volumeUsed', labels, sample(samples, `volume:${mount}:usedBytes`))
  put('volumeAvailable', labels, sample(samples, `volume:${mount}:availableBytes`))
  put('volumeInodes', labels, sample(samples, `volume:${mount}:inodesFree`))
}

function driveSeries({ key, smart }: Drive, samples: Samples, put: Put): void {
  if (smart.state !== 'value') return
  const labels = itemLabel('drive', key)
  const { passed, wearPercent, reallocatedSectors, pendingSectors } = smart.value
  const hours = sample(samples, `drive:${key}:powerOnHours`)
  put('driveTemperature', labels, sample(samples, `drive:${key}:temperatureCelsius`))
  put('drivePowerOn', labels, hours === null ? null : hours * 3_600)
  put('driveWear', labels, scaled(wearPercent, 100))
  put('driveHealthy', labels, flag(passed))
  put('driveReallocated', labels, reallocatedSectors)
  put('drivePending', labels, pendingSectors)
}

function arraySeries({ name, membersActive, membersWanted }: RaidArray, put: Put): void {
  const labels = itemLabel('array', name)
  put('arrayActive', labels, membersActive)
  put('arrayWanted', labels, membersWanted)
}

function backupSeries({ section, samples }: Checks['backup'], isReadable: IsReadable, put: Put): void {
  const { jobs } = section
  if (jobs.state !== 'value' || !isReadable('backup/jobs')) return
  for (const { id, status } of jobs.value) {
    if (status.state !== 'value') continue
    const labels = itemLabel('job', id)
    put('backupSuccess', labels, scaled(sample(samples, `job:${id}:lastSuccessAt`), 1_000))
    put('backupRun', labels, scaled(sample(samples, `job:${id}:lastRunAt`), 1_000))
    put('backupSize', labels, sample(samples, `job:${id}:bytes`))
    put('backupCopies', labels, status.value.copies ?? sample(samples, `job:${id}:copies`))
  }
}

function patchSeries({ section, samples }: Checks['patch'], isReadable: IsReadable, put: Put): void {
  const { updates, automatic, reboot } = section
  if (updates.state === 'value' && isReadable('patch/updates')) {
    put('updates', 'kind="security"', updates.value.security)
    put('updates', 'kind="other"', updates.value.other)
    put('updatesHeld', '', updates.value.held)
    put('updatesList', '', scaled(sample(samples, 'list:refreshedAt'), 1_000))
    put('updatesLast', '', scaled(sample(samples, 'upgrade:lastAt'), 1_000))
  }
  if (automatic.state === 'value' && isReadable('patch/automatic')) {
    put('updatesAutomatic', '', flag(automatic.value.enabled))
  }
  if (reboot.state === 'value' && isReadable('patch/reboot')) put('reboot', '', flag(reboot.value.required))
}

function antivirusSeries({ section, samples }: Checks['antivirus'], isReadable: IsReadable, put: Put): void {
  const { products } = section
  if (products.state !== 'value' || !isReadable('antivirus/products')) return
  for (const { id, running, realTime } of products.value) {
    const labels = itemLabel('product', id)
    put('antivirusRunning', labels, flag(running))
    put('antivirusRealTime', labels, flag(realTime))
    put('antivirusSignatures', labels, scaled(sample(samples, `product:${id}:signaturesAt`), 1_000))
  }
}

function postureSeries({ section, samples }: Checks['posture'], isReadable: IsReadable, put: Put): void {
  const { firewall, sshd, time } = section
  if (firewall.state === 'value' && isReadable('posture/firewall')) put('firewall', '', flag(firewall.value.enabled))
  if (sshd.state === 'value' && isReadable('posture/sshd')) {
    put('sshPassword', '', sshd.value.running ? flag(sshd.value.passwordLogin) : 0)
  }
  if (time.state === 'value' && isReadable('posture/time')) {
    put('timeSynchronized', '', flag(time.value.synchronized))
    put('timeOffset', '', scaled(sample(samples, 'time:offsetMicroseconds'), 1_000_000))
  }
}

function systemSeries({ section, samples }: Checks['system'], isReadable: IsReadable, put: Put): void {
  const { boot, hardware, batteries } = section
  if (boot.state === 'value' && isReadable('system/boot')) put('boot', '', boot.value.bootedAt / 1_000)
  if (hardware.state === 'value' && isReadable('system/hardware')) put('memorySize', '', hardware.value.memoryBytes)
  put('memoryUsed', '', sample(samples, 'memory:usedBytes'))
  put('swapUsed', '', sample(samples, 'swap:usedBytes'))
  put('cpuBusy', '', scaled(sample(samples, 'cpu:busyPermille'), 1_000))
  put('load', '', scaled(sample(samples, 'load:centi1'), 100))
  if (batteries.state !== 'value' || !isReadable('system/batteries')) return
  for (const { name, designCapacity, fullCapacity } of batteries.value) {
    const isKnown = designCapacity !== null && designCapacity > 0 && fullCapacity !== null
    put('battery', itemLabel('battery', name), isKnown ? fullCapacity / designCapacity : null)
  }
}
