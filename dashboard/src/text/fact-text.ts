/** Fact rows into words of the catalogue, in the reader's language. */
import type { FactRow } from '../../../shared/api/views.ts'
import { REASON_CODES, type ReasonCode } from '../../../shared/reason-codes.ts'
import type { RuleSubject } from '../../../shared/rules.ts'
import { isFactKey, nameOfFact, sayFact } from '../../../shared/text/fact-catalogue.ts'
import type { Formatter } from '../../../shared/text/format.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import type { SaidReason } from '../../../shared/text/reason-text.ts'
import { format, language } from '../state/session.ts'

/** Name of a fact; null: its item names it. */
export function factName(fact: FactRow): string | null {
  return isFactKey(fact.key) ? nameOfFact(fact.key, language.value) : fact.key
}

export function factValue(fact: FactRow, f: Formatter): string {
  return isFactKey(fact.key) ? sayFact(fact.key, fact.values, f) : ''
}

const isReason = (code: string | null): code is ReasonCode =>
  (REASON_CODES as readonly (string | null)[]).includes(code)

/** Why a fact could not be told and what mends it. */
export function blindText(fact: FactRow, subject: RuleSubject): SaidReason & { readonly sentence: string } {
  const code = isReason(fact.code) ? fact.code : 'parse'
  return reasonText({ subject, part: null, source: fact.source, code, detail: fact.detail }, format.value)
}
