/** What to say about a key that nobody knows: its name and the nearest known one. Pure. */

/** @returns `unknown key "uplnk"; did you mean "uplink"?`, without the second half when nothing is near. */
export function describeUnknownKey(key: string, known: readonly string[]): string {
  const nearest = findNearest(key, known)
  const shown = key.slice(0, 64).replace(/[^\x20-\x7e]/g, '?')
  return nearest === null
    ? `unknown key "${shown}"; known: ${known.join(', ')}`
    : `unknown key "${shown}"; did you mean "${nearest}"?`
}

/** @returns the known word within two edits (a third of its length for long ones) of `word`, or null. */
export function findNearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const distance = countEdits(word.toLowerCase().slice(0, 64), candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best !== null && bestDistance <= Math.max(2, Math.floor(best.length / 3)) ? best : null
}

/** Levenshtein distance, one row at a time. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
