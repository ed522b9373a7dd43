/** Order of Debian version strings without epoch (deb-version(7)): `6.1.0-9` < `6.1.0-40`, `6.2~rc1` < `6.2`. Pure. */

/** @returns below 0 when `a` is older, above 0 when it is newer, 0 when both are the same. */
export function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = comparePieces(left[at] ?? '', right[at] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function comparePieces(a: string, b: string): number {
  const bothNumbers = /^\d*$/.test(a) && /^\d*$/.test(b)
  return bothNumbers ? compareNumbers(a, b) : compareText(a, b)
}

/** By length and then by digits: no number is too long. Nothing counts as zero. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : Number(left > right)
}

function compareText(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = weigh(a[at]) - weigh(b[at])
    if (order !== 0) return order
  }
  return 0
}

/** `~` before the end, the end before letters, letters before the rest. */
function weigh(character: string | undefined): number {
  if (character === '~') return -1
  if (character === undefined || /\d/.test(character)) return 0
  const code = character.charCodeAt(0)
  return /[a-z]/i.test(character) ? code : code + 256
}
