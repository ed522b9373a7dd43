/** Everything that routes and commands may touch, as ports: main.ts fills them in, tests fill in their own. Types only. */
import type { Logger } from 'pino'
import type { EpochMs } from '../../shared/units.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Send } from '../channels/sender.ts'
import type { ServerConfig } from '../config.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { AskedAttestation } from '../ingest/attestation-waits.ts'
import type { ServerKeys } from '../keys/server-keys.ts'
import type { Store } from '../store/store.ts'
import type { RenderReport } from '../visits/report-port.ts'
import type { ReportShelf } from '../visits/report-shelf.ts'
import type { SnapshotCache } from '../visits/snapshot-cache.ts'
import type { Directory } from './directory.ts'

/** What must follow a change that a person made. */
export interface AfterChange {
  /** A machine's name or role changed in the store: the fleet takes it over and the machine is judged again. */
  machine(clientId: string, machineId: string): Promise<void>
  /** A policy of a client changed in the store: fleet, agents' rhythms and judgements follow. */
  policy(clientId: string): Promise<void>
  /** A client was made: the fleet opens it. */
  client(clientId: string): Promise<void>
}

/** What ingest remembers of each machine's link. */
export interface LinkPort {
  /** Newest record as it came, JSON; null: none since the server started. */
  newestRecord(machineId: string): string | null
  /** Signed evidence of this moment; null: not connected, or no answer within `waitMs`. */
  attest(machineId: string, waitMs: number): Promise<AskedAttestation | null>
}

/** The ports of one running server, or of one command without a server. */
export type Services = {
  readonly config: ServerConfig
  readonly clock: { now(): EpochMs }
  readonly log: Logger
  readonly version: string
  readonly startedAt: EpochMs
  readonly store: Store
  readonly keys: ServerKeys
  readonly directory: Directory
  readonly sessions: Sessions
  readonly fleet: Fleet
  readonly links: LinkPort
  readonly after: AfterChange
  /** Sends one message through a channel, now. */
  readonly send: Send
  /** False (demonstration): nothing leaves this installation. */
  readonly isSending: boolean
  /** Snapshots of visits, kept in memory while they are read. */
  readonly snapshots: SnapshotCache
  /** Files of sent visit reports. */
  readonly reports: ReportShelf
  /** What writes a visit report; null: this process cannot. */
  readonly renderReport: () => RenderReport | null
  /** Address of the dashboard for people, without a slash at its end. */
  readonly origin: () => string
  /** True while the store accepts writes. */
  readonly isWritable: () => boolean
}
