/** The seam to what writes a report: given everything that one revision says, it gives back the bytes of its files. Types only. */
import type { Result } from '../../shared/result.ts'
import type { ReportInput } from './view-model/report-input.ts'
import type { PackedSnapshot, SnapshotAttestation } from './visit.ts'

/** One revision to be written: the recorded part of the view model's input, and what its manifest holds. */
export type ReportOrder = Omit<ReportInput, 'operator' | 'calendar' | 'serverVersion'> & {
  readonly clientId: string
  /** Of its files, before the extension: `2026-11-24-r1`. */
  readonly name: string
  /** As frozen, with the JSON whose SHA-256 is its hash. */
  readonly snapshot: Omit<PackedSnapshot, 'body'> & { readonly json: Uint8Array }
  readonly attestations: readonly SnapshotAttestation[]
  /** The report that was sent before for this client: its name, and the SHA-256 of its manifest; null: this is the first. */
  readonly previousManifest: { readonly name: string; readonly hash: Uint8Array } | null
}

/** The files of one revision. `manifest`: `<name>.evidence.json`, signed by the server's key, with the hashes of the others. */
export type RenderedReport = { readonly pdf: Uint8Array; readonly html: Uint8Array; readonly manifest: Uint8Array }

/** What the server hands in: view model, renderers and evidence together. Error: a sentence. */
export type RenderReport = (order: ReportOrder) => Promise<Result<RenderedReport, string>>
