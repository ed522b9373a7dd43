/** What happens in a scenario, in days before the end of history and minutes of the local day; `world.ts` makes instants of it. Types only. */

/** `[days before the end, minutes after local midnight]`. A weekend moves back to its Friday. */
export type Moment = readonly [daysAgo: number, minutes: number]

/** Error counters of a drive that the scenario moves. */
export type CounterField = 'pendingSectors' | 'offlineUncorrectable' | 'reallocatedSectors' | 'crcErrors'

/** Beginning and end of something; `to` null: it still lasts. */
type Span = { readonly from: Moment; readonly to: Moment | null }

/** One thing that happens to a machine. `machine` is its key. */
export type MachineEvent =
  | {
      readonly kind: 'counters'
      readonly machine: string
      readonly drive: number
      /** From then on the counters of the drive read so. */
      readonly steps: readonly { readonly at: Moment; readonly field: CounterField; readonly value: number }[]
    }
  | {
      readonly kind: 'cleaned'
      readonly machine: string
      readonly mount: string
      readonly at: Moment
      readonly bytes: number
    }
  | ({ readonly kind: 'backup-fails'; readonly machine: string; readonly job: string } & Span)
  | ({ readonly kind: 'updates-stuck'; readonly machine: string } & Span)
  | ({ readonly kind: 'restart-waits'; readonly machine: string } & Span)
  | ({ readonly kind: 'antivirus-stopped'; readonly machine: string } & Span)
  | ({ readonly kind: 'signatures-stuck'; readonly machine: string } & Span)
  | ({ readonly kind: 'firewall-off'; readonly machine: string } & Span)
  | ({ readonly kind: 'ssh-passwords'; readonly machine: string } & Span)
  | ({ readonly kind: 'hot'; readonly machine: string; readonly drive: number; readonly celsius: number } & Span)
  | {
      readonly kind: 'array-degraded'
      readonly machine: string
      readonly from: Moment
      readonly rebuilt: Moment
      readonly to: Moment
    }
  | ({ readonly kind: 'backup-unreadable'; readonly machine: string } & Span)
  /** A person says that this machine has no backup; a job that appears ends it. */
  | { readonly kind: 'declared-none'; readonly machine: string }
  /** Switched off: with its owner on holiday, or for good. */
  | ({ readonly kind: 'away'; readonly machine: string } & Span)

/** One thing that happens to a whole site: its power fails, or its line. */
export type SiteEvent = {
  readonly kind: 'power-cut' | 'line-down'
  readonly site: string
  readonly from: Moment
  readonly to: Moment
}

/** Anything that happens. */
export type ScenarioEvent = MachineEvent | SiteEvent
