/**
 * Random numbers from a seed, for harnesses that must be able to do the same again. Pure apart from its own state.
 */

/** Returns a function that gives the next number in [0, 1): mulberry32, 32 bits of state, enough to spread kills. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
