/** Chance that is no chance: the same words give the same number on every machine, in any order of asking. Pure. */

/** @param words what the number is for: a seed, a machine, a day. @returns from 0 up to, not including, 1. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const word of words) {
    const text = `${word}\u0000`
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  // The finalizer of MurmurHash3: FNV alone leaves neighbors close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
