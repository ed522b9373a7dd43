/** "Could not tell" in words: why, and the step that makes it possible to tell. Pure. */
import { reasons as en } from './en/reasons.ts'
import type { Formatter, Language } from './format.ts'
import { reasons as fr } from './fr/reasons.ts'
import type { ReasonContext, ReasonTexts, SaidReason } from './reason-text.ts'
import { toolOf } from './source-tools.ts'
import { typeset } from './typeset.ts'

const REASONS: { readonly [L in Language]: ReasonTexts } = { en, fr }

/** Detail by which rules say that nobody has read a part yet (server/rules/verdict.ts). */
const NEVER_READ = 'never read'

/** @returns why it could not be told and what to do about it, in the formatter's language. */
export function reasonText(context: ReasonContext, f: Formatter): SaidReason & { readonly sentence: string } {
  const texts = REASONS[f.language]
  const isNever = context.code === 'empty' && context.detail === NEVER_READ
  const said = isNever ? texts.never : texts.codes[context.code](context, toolOf(context.source), f)
  const why = typeset(f.language, said.why)
  return { why, fix: typeset(f.language, said.fix), sentence: typeset(f.language, texts.sentence(why)) }
}
