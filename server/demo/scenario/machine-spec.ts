/** What a demo machine is, as its scenario writes it. Types only. */
import type { Role } from '../../../shared/checks/names.ts'
import type { OsKey } from './operating-systems.ts'

/** A disk. `model` and `serial` are inventions in the style of the trade. `wear`: percent at the end of history and per day. */
export type DriveSpec = {
  readonly kind: 'hdd' | 'ssd' | 'nvme'
  readonly model: string
  readonly serial: string
  readonly capacityBytes: number
  readonly hoursAtEnd: number
  readonly celsius: number
  readonly wear: { readonly percentAtEnd: number; readonly perDay: number } | null
  /** Behind a bridge that hides its health. */
  readonly isHidden: boolean
}

/** A volume: used bytes at the end of history and growth per day; what was cleaned out is the business of events. */
export type VolumeSpec = {
  readonly mount: string
  readonly device: string
  readonly fsType: string
  readonly isSystem: boolean
  readonly totalBytes: number
  readonly usedAtEndBytes: number
  readonly bytesPerDay: number
}

/** A backup job. `startMinutes`: after local midnight; null: whenever the machine is on, once a day. */
export type JobSpec = {
  readonly id: string
  readonly tool: 'restic' | 'borg' | 'other'
  readonly name: string
  readonly destination: {
    readonly kind: 'nas' | 's3' | 'cloud' | 'usb' | 'sftp'
    readonly label: string
    readonly offsite: boolean
    readonly encrypted: boolean
  }
  readonly startMinutes: number | null
  readonly durationMinutes: number
  readonly bytes: number
  /** Whole days before the end of history at which it was set up; null: before history began. */
  readonly sinceDaysAgo: number | null
}

/** One machine. `site` is the name of a site of its client. */
export type MachineSpec = {
  /** Unique in the scenario; every id and every chance hangs on it. */
  readonly key: string
  readonly name: string
  readonly site: string
  readonly place: string
  readonly person: string
  readonly role: Role
  readonly os: OsKey
  readonly hardware: {
    readonly vendor: string
    readonly model: string
    readonly cpu: string
    readonly biosDate: string
  }
  readonly memoryBytes: number
  /** Mean share of memory in use, 0 to 1. */
  readonly memoryShare: number
  readonly drives: readonly DriveSpec[]
  readonly volumes: readonly VolumeSpec[]
  /** Name of a mirror over the first two drives; null: none. */
  readonly array: string | null
  readonly jobs: readonly JobSpec[]
  /** Holds nothing that would be missed: its folders lie on a server. */
  readonly holdsData: boolean
  readonly antivirus: 'defender' | 'sentinelone' | 'clamav'
  /** Battery health in percent 120 days before the end of history, and at its end; null: no battery. */
  readonly battery: readonly [before: number, atEnd: number] | null
  /** Whole days before the end of history at which it was enrolled; null: when history begins. */
  readonly enrolledDaysAgo: number | null
}
