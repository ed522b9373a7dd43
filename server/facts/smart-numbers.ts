/** What a drive says of itself as numbers for the memory, and back: so that a sleeping drive keeps its last proven health. Pure. */
import type { Smart } from '../../shared/checks/disk.ts'

type Fields = readonly (readonly [field: string, value: number | null])[]

const SELF_TESTS = ['passed', 'failed', 'aborted'] as const
const WHENS = ['now', 'past'] as const
const flag = (value: boolean | null) => (value === null ? null : Number(value))

/** @returns every number that the drive told, by field; a null field was not told. Failing attributes are `attribute.<id>`. */
export function smartNumbers(smart: Smart): Fields {
  const { nvme, scsi } = smart
  return [
    ['passed', flag(smart.passed)],
    ['exitBits', smart.exitBits],
    ['reallocatedSectors', smart.reallocatedSectors],
    ['pendingSectors', smart.pendingSectors],
    ['offlineUncorrectable', smart.offlineUncorrectable],
    ['reportedUncorrectable', smart.reportedUncorrectable],
    ['commandTimeouts', smart.commandTimeouts],
    ['crcErrors', smart.crcErrors],
    ['endToEndErrors', smart.endToEndErrors],
    ['spinRetries', smart.spinRetries],
    ['wearPercent', smart.wearPercent],
    ['lastSelfTest', smart.lastSelfTest === null ? null : SELF_TESTS.indexOf(smart.lastSelfTest)],
    ['errorLogCount', smart.errorLogCount],
    ['nvme.criticalWarning', nvme?.criticalWarning ?? null],
    ['nvme.mediaErrors', nvme?.mediaErrors ?? null],
    ['nvme.availableSparePercent', nvme?.availableSparePercent ?? null],
    ['nvme.spareThresholdPercent', nvme?.spareThresholdPercent ?? null],
    ['nvme.unsafeShutdowns', nvme?.unsafeShutdowns ?? null],
    ['scsi.grownDefects', scsi?.grownDefects ?? null],
    ['scsi.uncorrectedErrors', scsi?.uncorrectedErrors ?? null],
    ...smart.failingAttributes.map(({ id, when }) => [`attribute.${id}`, WHENS.indexOf(when)] as const),
  ]
}

/**
 * Rebuilds what a drive last said. Names of attributes are not remembered: they read `attribute 5`.
 * @param told fields of the last proven reading by name, nothing else.
 */
export function smartFrom(told: ReadonlyMap<string, number>): Smart {
  const number = (field: string) => told.get(field) ?? null
  const passed = number('passed')
  return {
    passed: passed === null ? null : passed === 1,
    exitBits: number('exitBits'),
    failingAttributes: failingFrom(told),
    reallocatedSectors: number('reallocatedSectors'),
    pendingSectors: number('pendingSectors'),
    offlineUncorrectable: number('offlineUncorrectable'),
    reportedUncorrectable: number('reportedUncorrectable'),
    commandTimeouts: number('commandTimeouts'),
    crcErrors: number('crcErrors'),
    endToEndErrors: number('endToEndErrors'),
    spinRetries: number('spinRetries'),
    wearPercent: number('wearPercent'),
    lastSelfTest: SELF_TESTS[number('lastSelfTest') ?? -1] ?? null,
    errorLogCount: number('errorLogCount'),
    nvme: nvmeFrom(told),
    scsi: scsiFrom(told),
  }
}

function failingFrom(told: ReadonlyMap<string, number>): Smart['failingAttributes'] {
  return [...told].flatMap(([field, value]) => {
    if (!field.startsWith('attribute.')) return []
    const id = Number(field.slice('attribute.'.length))
    return [{ id, name: `attribute ${id}`, when: WHENS[value] ?? 'now' }]
  })
}

function nvmeFrom(told: ReadonlyMap<string, number>): Smart['nvme'] {
  if (![...told.keys()].some((field) => field.startsWith('nvme.'))) return null
  return {
    criticalWarning: told.get('nvme.criticalWarning') ?? null,
    mediaErrors: told.get('nvme.mediaErrors') ?? null,
    availableSparePercent: told.get('nvme.availableSparePercent') ?? null,
    spareThresholdPercent: told.get('nvme.spareThresholdPercent') ?? null,
    unsafeShutdowns: told.get('nvme.unsafeShutdowns') ?? null,
  }
}

function scsiFrom(told: ReadonlyMap<string, number>): Smart['scsi'] {
  if (![...told.keys()].some((field) => field.startsWith('scsi.'))) return null
  return {
    grownDefects: told.get('scsi.grownDefects') ?? null,
    uncorrectedErrors: told.get('scsi.uncorrectedErrors') ?? null,
  }
}
