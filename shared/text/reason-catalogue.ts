/** "Could not tell" in words: why, and the step that makes it possible to tell. Pure. */
import { futureInstant, isRuleDetail } from '../rule-detail.ts'
import { reasons as en } from './en/reasons.ts'
import type { Formatter, Language } from './format.ts'
import { reasons as fr } from './fr/reasons.ts'
import { instantOf } from './instant-of.ts'
import type { ReasonContext, ReasonTexts, SaidReason } from './reason-text.ts'
import { toolOf } from './source-tools.ts'
import { typeset } from './typeset.ts'

const REASONS: { readonly [L in Language]: ReasonTexts } = { en, fr }

/** @returns why it could not be told and what to do about it, in the formatter's language; `sentence`: "Could not tell: …". */
export function reasonText(context: ReasonContext, f: Formatter): SaidReason & { readonly sentence: string } {
  const texts = REASONS[f.language]
  const said = sayReason(texts, context, f)
  const why = typeset(f.language, said.why)
  return { why, fix: typeset(f.language, said.fix), sentence: typeset(f.language, texts.sentence(said.why)) }
}

function sayReason(texts: ReasonTexts, context: ReasonContext, f: Formatter): SaidReason {
  const { code, detail, source } = context
  if (isRuleDetail(detail)) return texts.details[detail]
  const future = futureInstant(detail)
  const at = future === null ? null : instantOf(future)
  if (at !== null) return texts.future(at, f)
  return texts.codes[code](context, toolOf(source), f)
}
