/** Parses `vm_stat` of macOS. Pure and total. */

/**
 * Bytes that programs and the kernel hold: active, wired and compressed pages, as Activity Monitor counts "memory used" without
 * the cache of files. @returns null when one of the figures is missing.
 */
export function parseVmStat(text: string): number | null {
  const figure = (pattern: RegExp) => {
    const found = pattern.exec(text.slice(0, 16_384))?.[1]
    return found === undefined ? null : Number(found)
  }
  const pageBytes = figure(/page size of (\d{3,6}) bytes/)
  const active = figure(/^Pages active: {1,20}(\d{1,12})\.?$/m)
  const wired = figure(/^Pages wired down: {1,20}(\d{1,12})\.?$/m)
  const compressed = figure(/^Pages occupied by compressor: {1,20}(\d{1,12})\.?$/m)
  if (pageBytes === null || active === null || wired === null || compressed === null) return null
  return (active + wired + compressed) * pageBytes
}
