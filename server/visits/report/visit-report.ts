/**
 * The visit report as its two renderers read it: every word already chosen in the client's language, every state already judged.
 * Filled by server/visits/view-model, rendered by render-pdf.ts and render-html.ts. Pure types.
 *
 * Texts are plain: nothing in them is ever markup, except `minutes.markdown`. They may hold anything a PC or a person wrote;
 * the renderers make control and direction characters visible. An empty string is an empty cell; `null` means: not there.
 * Part and annex numbers are counted by the renderers from what is there (`numberParts`).
 */
import type { DialState } from '../../../shared/charts/dial.ts'
import type { Standing } from '../../../shared/severity.ts'
import type { Language } from '../../../shared/text/format.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type {
  AcceptedRisksPart,
  AttestationsAnnex,
  BackupPart,
  ChangesPart,
  DecisionsPart,
  MachinesPart,
  MethodAnnex,
  MinutesAnnex,
  NextPart,
  UnseenPart,
} from './report-parts.ts'

/** One visit report, complete. */
export type VisitReport = {
  readonly language: Language
  /** When this revision was made: the creation date inside the PDF, and the only time in the bytes that is not text. */
  readonly createdAt: EpochMs
  /** Title of the document in a viewer: `Visit report, Menuiserie Aubertin, 24 November 2026`. */
  readonly documentTitle: string
  readonly operator: ReportOperator
  readonly words: ReportWords
  readonly footer: ReportFooter
  readonly cover: Cover
  /** In the order of print; a part that is null is left out and not counted. */
  readonly parts: {
    readonly decisions: DecisionsPart | null
    readonly changes: ChangesPart | null
    readonly backup: BackupPart | null
    readonly machines: MachinesPart | null
    readonly acceptedRisks: AcceptedRisksPart | null
    readonly next: NextPart | null
    readonly unseen: UnseenPart | null
  }
  readonly annexes: {
    readonly minutes: MinutesAnnex | null
    readonly method: MethodAnnex | null
    readonly attestations: AttestationsAnnex | null
  }
}

/** Who wrote the report, and how it looks. */
export type ReportOperator = {
  readonly name: string
  /** `part-time head of IT`; null: none given. */
  readonly role: string | null
  /** Mail, phone, in one line; null: none given. */
  readonly contact: string | null
  readonly logo: ReportLogo | null
  /** `#rrggbb`: replaces ink in rules and the number column and nothing else; null, or anything else: ink. */
  readonly color: string | null
}

/** An image of the operator, printed at most 40 by 12 mm. One that is no such image is left out (`acceptLogo` tells at upload). */
export type ReportLogo = {
  readonly mediaType: 'image/png' | 'image/svg+xml'
  readonly base64: string
  /** Said to those who cannot see it. */
  readonly alt: string
}

/** Words that stand beside the state marks. */
export type ReportWords = {
  /** Lower case, as in a table: `urgent`, `not proven`. */
  readonly states: { readonly [S in Standing]: string }
  /** What the small circle on a dial is: `Small circle on a dial: position at the visit before.` null: no visit before. */
  readonly dialLegend: string | null
  /** Before the marks and their words: `Shapes:`. */
  readonly shapesLegend: string
}

/** Foot of every page. */
export type ReportFooter = {
  /** Operator's footer text, title, date and revision in one line. */
  readonly text: string
  /** SHA-256 of the frozen snapshot, 64 lower-case hex digits. */
  readonly snapshotHash: string
}

/** Part 1: page 1, which must be enough. */
export type Cover = {
  /** `Visit report`. */
  readonly title: string
  readonly client: string
  /** Visit date, period, sites, for whom: one to three lines. */
  readonly lines: readonly string[]
  readonly verdict: {
    readonly state: Standing
    readonly word: string
    readonly sentence: string
    /** Two or three lines under the sentence; empty: none. */
    readonly text: string
  }
  /** Five, in the order of the dashboard. */
  readonly dials: readonly ReportDial[]
  /** Four numbers with what they count: `8`, `points solved`. */
  readonly figures: readonly { readonly value: string; readonly text: string }[]
  /** What this visit cost and what it avoided, from recorded events only; null: nothing recorded. */
  readonly cost: string | null
}

/** One dial. States of a dial are urgent, attention, good and not-proven. */
export type ReportDial = {
  readonly name: string
  readonly state: DialState
  /** At the last visit; null: no visit before, or not proven then. */
  readonly before: DialState | null
  /** State word with a capital: `Not proven`. */
  readonly word: string
  /** Movement since the last visit in words; empty: no visit before. */
  readonly movement: string
  /** Machines; they add up to the machines in scope. */
  readonly counts: { readonly good: number; readonly bad: number; readonly unknown: number; readonly accepted: number }
  /** The counts in words: `good on 14, bad on 2, not known on 1`. */
  readonly countsText: string
  /** The whole dial as a sentence, for those who cannot see it. */
  readonly alt: string
}
