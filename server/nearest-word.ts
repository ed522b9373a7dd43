/** What to say about a word that nobody knows: its name and the nearest known one. Pure. */

/** @returns `unknown key "ROUNDS_PROT"; did you mean "ROUNDS_PORT"?`, or the list of known ones when nothing is near. */
export function describeUnknown(kind: string, word: string, known: readonly string[]): string {
  const nearest = findNearestWord(word, known)
  const shown = word.slice(0, 64).replace(/[^\x20-\x7e]/g, '?')
  const hint = nearest === null ? `; known: ${known.join(', ')}` : `; did you mean "${nearest}"?`
  return `unknown ${kind} "${shown}"${hint}`
}

/** @returns the known word within two edits (a third of its length for long ones) of `word`, or null. */
export function findNearestWord(word: string, known: readonly string[]): string | null {
  const distances = known.map((candidate) => ({
    candidate,
    distance: countEdits(word.toLowerCase().slice(0, 64), candidate.toLowerCase()),
  }))
  const best = distances.sort((a, b) => a.distance - b.distance)[0]
  if (best === undefined) return null
  return best.distance <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : null
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
