/** A machine's name and its address in URLs, from the hostname that its agent states. Hostile text in, plain text out. Pure. */

const MAX_NAME = 64
const MAX_SLUG = 48
/** Letters that Unicode does not take apart (NFKD), as people write them without the keyboard for them. */
const PLAIN: { readonly [letter: string]: string } = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' }

/** A name for people: no control or formatting characters, single spaces, at most 64 characters; `machine` when nothing is left. */
export function machineName(hostname: string): string {
  const clean = hostname
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME)
    .toWellFormed()
    .trimEnd()
  return clean === '' ? 'machine' : clean
}

/** Lower-case ASCII letters without their accents, digits and single hyphens, at most 48; `machine` when nothing is left. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[œæßøł]/g, (letter) => PLAIN[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG)
    .replace(/-+$/, '')
  return slug === '' ? 'machine' : slug
}
