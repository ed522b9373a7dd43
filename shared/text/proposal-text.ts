/** What is proposed to a manager, as kinds: several rules lead to one thing to buy or do. Types only. Pure. */
import type { Formatter } from './format.ts'

/** One kind of measure. */
export const PROPOSAL_KINDS = [
  'replace-disk',
  'repair-array',
  'free-space',
  'install-updates',
  'automatic-updates',
  'restart',
  'install-antivirus',
  'repair-antivirus',
  'set-up-backup',
  'repair-backup',
  'backup-elsewhere',
  'firewall',
  'remote-login',
  'replace-system',
  'battery',
  'memory',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** `n` machines, `names` of them in a list. */
export type ProposalText = {
  /** The question in one line. */
  readonly what: (n: number, names: string, f: Formatter) => string
  /** What happens if nothing is done. */
  readonly otherwise: string
}

/** Every kind has its texts, in each language. */
export type ProposalTexts = { readonly [K in ProposalKind]: ProposalText }
