/** The texts of proposals by language, with the spacing of the language applied. Pure. */
import { proposals as en } from './en/proposals.ts'
import type { Formatter, Language } from './format.ts'
import { proposals as fr } from './fr/proposals.ts'
import type { ProposalKind, ProposalTexts } from './proposal-text.ts'
import { typeset } from './typeset.ts'

const PROPOSALS: { readonly [L in Language]: ProposalTexts } = { en, fr }

/** @returns a proposal about these machines, in the formatter's language. */
export function sayProposal(
  kind: ProposalKind,
  names: readonly string[],
  f: Formatter,
): { readonly what: string; readonly otherwise: string } {
  const { what, otherwise } = PROPOSALS[f.language][kind]
  return {
    what: typeset(f.language, what(names.length, f.list(names), f)),
    otherwise: typeset(f.language, otherwise),
  }
}
