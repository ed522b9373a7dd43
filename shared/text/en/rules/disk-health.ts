/** English texts of the rules about drives and arrays. Pure. */
import type { RuleValues } from '../../../rules.ts'
import { counted } from '../../counted.ts'
import type { Formatter } from '../../format.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import type { StorageRule } from './disk-storage.ts'

type DiskTexts = RuleTextsAbout<'disk'>
type Named = { readonly drive: string; readonly device: string }

const disk = ({ drive, device }: Named) => `Disk ${drive} (${device})`
const lookedAt = ({ device }: Named) => `What the disk ${device} says of itself, read with smartctl.`
const more = (f: Formatter, grewBy: number | null) => (grewBy === null ? '' : `, ${f.count(grewBy)} more than before`)
const REPLACE =
  'Check that a backup of today exists, then replace the disk. Until then, do not restart the machine without need.'
const readIt = ({ device }: Named) => `To see it yourself: smartctl -x ${device}.`
const COST_OF_WAITING = 'If it breaks first, work stops until a new disk is in and the last good copy is restored.'

const ERROR_KINDS: {
  readonly [K in RuleValues['disk/errors-uncorrected']['kind']]: readonly [string, string]
} = {
  reported: ['# read error that it could not correct', '# read errors that it could not correct'],
  media: ['# block that it could not read or write correctly', '# blocks that it could not read or write correctly'],
  scsi: ['# error or defect that it could not correct', '# errors or defects that it could not correct'],
  'end-to-end': ['# piece of data damaged inside the disk', '# pieces of data damaged inside the disk'],
  spin: ['# failed attempt to start spinning', '# failed attempts to start spinning'],
}
const WARNINGS: { readonly [word: string]: string } = {
  spare: 'spare blocks run out',
  temperature: 'too hot',
  reliability: 'no longer reliable',
  'read-only': 'turned read-only',
  'volatile-backup': 'its power-loss protection failed',
  'persistent-memory': 'its persistent memory is unreliable',
}
const warningWords = (list: string, f: Formatter) => f.list(list.split(', ').map((word) => WARNINGS[word] ?? word))

/** English texts of the rules about drives. */
export const diskHealth: Omit<
  DiskTexts,
  | 'disk/raid-degraded'
  | 'disk/raid-member-failed'
  | 'disk/space-low'
  | 'disk/filling-up'
  | 'disk/inodes-low'
  | 'disk/read-only'
  | 'disk/volume-silent'
  | StorageRule
> = {
  'disk/drive-failing': {
    name: 'Disk health',
    title: (v) =>
      v.when === 'now'
        ? `${disk(v)} says that it is failing.`
        : `${disk(v)} was below a threshold of its maker in the past.`,
    looked: (v) =>
      v.attributes === '' ? lookedAt(v) : `${lookedAt(v)} Attributes at their threshold: ${v.attributes}.`,
    todo: (v) => (v.when === 'now' ? `${REPLACE} ${readIt(v)}` : `Watch it, and plan its replacement. ${readIt(v)}`),
    manager: (v) =>
      v.when === 'now'
        ? `A disk announces its own failure. It should be replaced this week. ${COST_OF_WAITING}`
        : 'A disk has had a serious problem in the past. A replacement should be in the next budget.',
    impact: 'A disk that says so itself usually fails within weeks, and takes what is on it.',
    blind: 'The health of the disk could not be read.',
  },
  'disk/sectors-unreadable': {
    name: 'Unreadable sectors',
    title: (v, f) =>
      `${disk(v)} has ${counted(f, Math.max(v.pending, v.uncorrectable), '# sector', '# sectors')} that it cannot read${more(f, v.grewBy)}.`,
    looked: (v, f) => `${lookedAt(v)} Pending: ${f.count(v.pending)}. Uncorrectable: ${f.count(v.uncorrectable)}.`,
    todo: (v) =>
      `Check today’s backup, then run a long self-test: smartctl -t long ${v.device}. If the number grows or the test fails, replace the disk.`,
    manager: (v) =>
      v.grewBy === null
        ? `Parts of a disk can no longer be read. The files on them may already be lost on this machine. ${COST_OF_WAITING}`
        : `A disk is losing more of its surface every week. It should be replaced now. ${COST_OF_WAITING}`,
    impact: 'Files that lie on these sectors cannot be opened, and such disks fail far more often than others.',
    blind: 'Whether the disk has unreadable sectors could not be told.',
  },
  'disk/sectors-reallocated': {
    name: 'Replaced sectors',
    title: (v, f) =>
      `${disk(v)} has replaced ${counted(f, v.sectors, '# bad sector', '# bad sectors')} by spare ones${more(f, v.grewBy)}.`,
    looked: (v) => `${lookedAt(v)} Attribute 5, against what it said in the last 30 days.`,
    todo: (v) =>
      v.grewBy === null ? `Watch it: the number matters less than its growth. ${readIt(v)}` : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.grewBy === null
        ? 'A disk shows signs of age. Nothing is lost, and the number is watched.'
        : `A disk is wearing out week by week. It should be replaced before it fails. ${COST_OF_WAITING}`,
    impact: 'A disk that keeps replacing sectors is running out of healthy ones.',
    blind: 'Whether the disk has replaced sectors could not be told.',
  },
  'disk/errors-uncorrected': {
    name: 'Uncorrected errors',
    title: (v, f) => `${disk(v)} counts ${counted(f, v.errors, ...ERROR_KINDS[v.kind])}${more(f, v.grewBy)}.`,
    looked: lookedAt,
    todo: (v) =>
      v.grewBy === null
        ? `Check today’s backup and watch whether the number grows. ${readIt(v)}`
        : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.grewBy === null
        ? 'A disk has made errors that it could not repair. It is watched; a replacement should be planned.'
        : `A disk makes new errors that it cannot repair. It should be replaced now. ${COST_OF_WAITING}`,
    impact: 'What the disk could not correct is wrong or missing in a file.',
    blind: 'Whether the disk has made errors could not be told.',
  },
  'disk/cable-errors': {
    name: 'Disk cable',
    title: (v, f) =>
      `${disk(v)} has received ${counted(f, v.grewBy, '# damaged transfer', '# damaged transfers')} more: suspect the cable, not the disk.`,
    looked: (v, f) => `${lookedAt(v)} Attribute 199, ${f.count(v.errors)} in all; the number never goes back.`,
    todo: () =>
      'Shut the machine down, replace the data cable or move the disk to another slot. The number then stands still.',
    manager: () =>
      'A cable inside the machine is probably loose or worn. It costs little to replace; left as it is, it slows work down and may damage files.',
    impact: 'Transfers are repeated, which slows everything down, and now and then one is not noticed.',
    blind: 'Whether the cable of the disk damages data could not be told.',
  },
  'disk/worn': {
    name: 'Disk wear',
    title: (v, f) => `${disk(v)} has used ${f.percent(v.wearPercent)} of the writing it was built for.`,
    looked: lookedAt,
    todo: (v) => `Order a replacement, and look for what writes so much: iotop -a. ${readIt(v)}`,
    manager: (v) =>
      v.wearPercent >= 95
        ? 'A disk has reached the end of the life that its maker promises. It should be replaced at the next visit.'
        : 'A disk is nearing the end of the life that its maker promises. Its replacement belongs in the next budget.',
    impact: 'Past its rated life a disk may stop accepting new data, or forget it when it is without power.',
    blind: 'The wear of the disk could not be read.',
  },
  'disk/nvme-warning': {
    name: 'Disk warning',
    title: (v, f) =>
      v.warnings !== ''
        ? `${disk(v)} raises a warning of its own: ${warningWords(v.warnings, f)}.`
        : `${disk(v)} has ${f.percent(v.sparePercent ?? 0)} of its spare blocks left; its maker’s limit is ${f.percent(v.thresholdPercent ?? 0)}.`,
    looked: (v, f) =>
      v.sparePercent === null || v.thresholdPercent === null
        ? lookedAt(v)
        : `${lookedAt(v)} Spare ${f.percent(v.sparePercent)}, limit ${f.percent(v.thresholdPercent)}.`,
    todo: (v) =>
      v.warnings === 'temperature' ? `Check the airflow and the dust. ${readIt(v)}` : `${REPLACE} ${readIt(v)}`,
    manager: (v) =>
      v.warnings === 'temperature'
        ? 'A disk is too hot. Cleaning the machine usually solves it; left as it is, the disk ages faster.'
        : `A disk announces that it can no longer be relied on. It should be replaced this week. ${COST_OF_WAITING}`,
    impact: 'The disk itself no longer guarantees that it keeps what is written to it.',
    blind: 'The warnings of the disk could not be read.',
  },
  'disk/self-test-failed': {
    name: 'Disk self-test',
    title: (v) => `${disk(v)} failed its newest self-test.`,
    looked: (v) => `The self-test log of ${v.device}, read with smartctl.`,
    todo: (v) => `${REPLACE} To see the log: smartctl -l selftest ${v.device}.`,
    manager: () => `A disk has failed its own test. It should be replaced this week. ${COST_OF_WAITING}`,
    impact: 'A disk that fails its own test has parts that it cannot read.',
    blind: 'The self-test of the disk could not be read.',
  },
  'disk/too-hot': {
    name: 'Disk temperature',
    title: (v, f) => `${disk(v)} is at ${f.count(v.celsius)} °C, over its limit of ${f.count(v.limitCelsius)} °C.`,
    looked: (v) => `The temperature of ${v.device}, read with smartctl, for a quarter of an hour.`,
    todo: () => 'Check that the fans turn and that nothing blocks the air, and take out the dust.',
    manager: () =>
      'A disk runs too hot. Cleaning the machine or moving it usually solves it; left as it is, the disk wears out early.',
    impact: 'Heat shortens the life of a disk and slows it down.',
    blind: 'The temperature of the disk could not be read.',
  },
  'disk/gone': {
    name: 'Disk present',
    title: (v, f) => `Disk ${v.drive} is no longer there. It was last seen ${f.moment(v.lastSeenAt)}.`,
    looked: () => 'The list of disks, twice in a row, against those seen before.',
    todo: () =>
      'Look whether it was taken out. If not: check its cable and power, and the log of the system (journalctl -k on Linux).',
    manager: () =>
      'A disk that belongs to this machine can no longer be seen. Either somebody removed it, or it failed; what was on it is not available.',
    impact: 'What was on the disk cannot be reached, or an array has lost its protection.',
    blind: 'Which disks are present could not be told.',
  },
  'disk/health-unreadable': {
    name: 'Disk health readable',
    title: (v) => `The health of ${disk(v).replace('Disk', 'disk')} has been unreadable for more than a week.`,
    looked: lookedAt,
    todo: (v) =>
      `Try it by hand: smartctl -x ${v.device}. Behind a RAID controller or a USB bridge, name the type (smartctl --scan-open) or install the maker’s tool.`,
    manager: () =>
      'Nobody can see whether a disk of this machine is healthy. It may fail without notice; making it visible takes under an hour.',
    impact: 'A disk that cannot be asked fails without a warning.',
    blind: 'Whether the health of the disk can be read could not be told.',
  },
}
