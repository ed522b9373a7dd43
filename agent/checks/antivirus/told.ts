/** The lines `name: value` that tools of protection products print. Pure and total. */

const MAX_LINES = 5_000

/** Values by their name in lower case. A name that stands twice with different values tells nothing: its value is ''. */
export function toldLines(text: string): ReadonlyMap<string, string> {
  const told = new Map<string, string>()
  for (const line of text.split('\n', MAX_LINES)) {
    const colon = line.indexOf(':')
    if (colon < 1 || colon > 80) continue
    const name = line
      .slice(0, colon)
      .replace(/^[\s*-]{0,40}/, '')
      .trim()
      .toLowerCase()
    const value = line.slice(colon + 1, colon + 300).trim()
    if (name === '') continue
    const known = told.get(name)
    told.set(name, known !== undefined && known !== value ? '' : value)
  }
  return told
}

/** Words for yes and no, without the quotes that some tools print around them. null: another word. */
export function toldFlag(value: string | null | undefined): boolean | null {
  const word = (value ?? '').trim().replace(/^"|"$/g, '').toLowerCase()
  if (['true', 'yes', 'on', 'enabled', '1'].includes(word)) return true
  return ['false', 'no', 'off', 'disabled', '0'].includes(word) ? false : null
}

/** `1.2.3` at the start of a text; null: none. */
export function toldVersion(value: string | null | undefined): string | null {
  return /^"?v?(\d[\w.+-]{0,63})/.exec((value ?? '').trim())?.[1] ?? null
}
