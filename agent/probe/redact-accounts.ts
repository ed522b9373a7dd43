/** Takes names and password hashes out of the lists of accounts of Linux before they are recorded. Pure. */

/** Accounts and groups that every system has, or that rules look for. */
const KEPT: ReadonlySet<string> = new Set(
  'root daemon bin sys sync nobody sudo wheel admin adm shadow users nogroup'.split(' '),
)
const LISTS = /\/(passwd|group|shadow|gshadow)$/

/** @returns true for a file whose lines are accounts or groups. */
export function isAccountList(path: string): boolean {
  return LISTS.test(path)
}

/**
 * The list with stand-ins for names, full names and homes. Of a hash only stays whether there is one: nothing, `!…`, `*…`, or `hash`.
 * @param person gives the stand-in of a name. @param path of the file, which says what its fields are.
 */
export function redactAccounts(text: string, path: string, person: (name: string) => string): string {
  const kind = LISTS.exec(path)?.[1] ?? ''
  const name = (one: string) => (one === '' || KEPT.has(one) ? one : person(one))
  const names = (list: string) => list.split(',').map(name).join(',')
  return text
    .split('\n')
    .map((line) => {
      const fields = line.split(':')
      if (fields.length < 4) return line === '' ? '' : '#'
      const [own = '', secret = '', ...rest] = fields
      const head = [name(own), secretOf(secret)]
      if (kind === 'passwd') return [...head, rest[0], rest[1], '', '', rest.at(-1)].join(':')
      return [...head, ...(kind === 'shadow' ? rest : [...rest.slice(0, -1), names(rest.at(-1) ?? '')])].join(':')
    })
    .join('\n')
}

function secretOf(secret: string): string {
  if (secret === '' || secret === 'x') return secret
  return secret.startsWith('!') || secret.startsWith('*') ? (secret[0] ?? '') : 'hash'
}
