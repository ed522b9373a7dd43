/** Blocks that both renderers draw, so that PDF and HTML hold the same content in the same order. Pure types. */
import type { Standing } from '../../../shared/severity.ts'
import type { MinutesBlock } from './parse-minutes.ts'
import type { Decision, MarkedText } from './report-parts.ts'

/** One cell. `sub`: a smaller line under it. `look`: `strong`; `reading` in the serif; `quiet` in paler ink. */
export type LaidCell = {
  readonly text: string
  readonly state: Standing | null
  readonly sub: string | null
  readonly look: 'plain' | 'strong' | 'reading' | 'quiet' | 'state'
}

/** Width of a column: its content, a share of what is left, or millimetres. */
export type LaidWidth =
  | { readonly kind: 'auto' }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'mm'; readonly mm: number }

/** A table of any part: columns, rows, and whether it may split. */
export type LaidTable = {
  readonly kind: 'table'
  /** What the table shows, for those who cannot see it. */
  readonly caption: string
  readonly columns: readonly { readonly heading: string; readonly width: LaidWidth; readonly isNumber: boolean }[]
  readonly rows: readonly { readonly isShaded: boolean; readonly cells: readonly LaidCell[] }[]
  readonly size: 'small' | 'medium' | 'large'
  /** Short enough to stand on one page: never split. */
  readonly keep: boolean
}

/** What a report is made of after its cover. */
export type ReportBlock =
  | {
      readonly kind: 'heading'
      readonly level: 2 | 3
      readonly text: string
      /** Number of the part or letter of the annex, in the margin; null: not counted. */
      readonly number: string | null
      /** Annexes and the part after the cover begin a page. */
      readonly newPage: boolean
    }
  | LaidTable
  | {
      readonly kind: 'text'
      readonly tone: 'body' | 'note' | 'label'
      /** Strong words before the text; null: none. */
      readonly lead: string | null
      readonly text: string
    }
  | { readonly kind: 'items'; readonly items: readonly (MarkedText & { readonly detail: string | null })[] }
  | { readonly kind: 'decision'; readonly number: number; readonly decision: Decision; readonly keep: boolean }
  | {
      readonly kind: 'image'
      readonly svg: string
      readonly widthMm: number
      readonly alt: string
      readonly caption: string
    }
  | { readonly kind: 'minutes'; readonly blocks: readonly MinutesBlock[] }
  | { readonly kind: 'terms'; readonly terms: readonly { readonly label: string; readonly text: string }[] }
  | { readonly kind: 'pair'; readonly left: readonly ReportBlock[]; readonly right: readonly ReportBlock[] }
  | { readonly kind: 'keep'; readonly blocks: readonly ReportBlock[] }
