/** The texts of "could not tell": why, and what makes it possible to tell. Pure. */
import type { ReasonCode } from '../reading.ts'
import type { RuleDetail } from '../rule-detail.ts'
import type { RuleSubject } from '../rules.ts'
import type { EpochMs } from '../units.ts'
import type { Formatter } from './format.ts'

/**
 * What could not be told. `part`: part of the section, null when it is about one item or the whole. `source`: who was asked
 * (`disk/smartctl`), null when nobody was. `detail`: what the source said, hostile.
 */
export type ReasonContext = {
  readonly subject: RuleSubject
  readonly part: string | null
  readonly source: string | null
  readonly code: ReasonCode
  readonly detail: string
}

/** `why` completes "Could not tell:", without a capital and without a full stop. `fix`: the exact step, a sentence; empty: nothing to do. */
export type SaidReason = { readonly why: string; readonly fix: string }

/** A tool's name and how to install it on each system that has it (Linux: Debian and Ubuntu); `install` null: it comes with the system. */
export type ToolText = { readonly tool: string; readonly install: string | null }

/** The texts of one language: by detail where a rule gave a word, else by code. */
export type ReasonTexts = {
  /** `Could not tell: … .` */
  readonly sentence: (why: string) => string
  readonly details: { readonly [D in RuleDetail]: SaidReason }
  /** An instant that lies in the future. */
  readonly future: (at: EpochMs, f: Formatter) => SaidReason
  readonly codes: {
    readonly [C in ReasonCode]: (context: ReasonContext, tool: ToolText | null, f: Formatter) => SaidReason
  }
}

/** Whether a refusal is that of macOS to a program without Full Disk Access, as the agent's details name it. */
export function needsFullDiskAccess(detail: string): boolean {
  return detail.includes('Full Disk Access')
}
