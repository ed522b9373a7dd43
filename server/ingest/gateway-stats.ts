/** What the agents' door counts. Types only. */

/** Counted since the start; for /metrics. */
export type GatewayStats = {
  readonly links: number
  readonly unauthenticated: number
  readonly held: number
  readonly records: number
  readonly enrolled: number
  readonly commits: number
  readonly meanCommitMs: number
  readonly queuedRecords: number
  readonly queuedBytes: number
  /** Links ended, by code. */
  readonly ended: { readonly [code: string]: number }
}
