/** Lines of yum, dnf 4 and dnf 5 that tell nothing of updates, and those that say that the answer is not whole. Pure. */

/** Lines that precede an answer, in any language where that can be told. */
const HARMLESS = [
  // "Last metadata expiration check: 0:05:17 ago on Mon 28 Apr 2025 …" in any language: a span and a year.
  /\d:\d\d:\d\d.{0,80}\b(?:19|20)\d\d\b/,
  // Progress: "Fedora 30 - x86_64   8.7 MB/s | 70 MB  00:08", dnf 5 "… 100% | 5.1 MiB/s | 35.4 MiB | 00m05s".
  /\bB\/s\s?\|/,
  /\b\d{1,3}% ?\|/,
  /^Updating and loading repositories:|^Repositories loaded\.|^Loaded plugins:|^Loading mirror speeds|^ {0,2}\* \S+: \S+$/,
  /^Loading "\S+" plugin$|^Failed to set locale|^Available [Uu]pgrades$|^Upgrades$|^updateinfo (?:list|info|summary) done$/,
  /^Updating Subscription Management repositories\.|^Security: /,
  /^: /,
]

/** The machine has no subscription: its repositories, and so their advisories, are not those of the distribution. */
const UNREGISTERED =
  /not registered (?:with|to)|Unable to read consumer identity|not receiving updates|no repositories available|There are no enabled repos/i

/** A repository was left out, or nothing could be fetched. dnf 4.14 goes on and exits 0 when it may skip a repository (recorded). */
const INCOMPLETE =
  /^(?:Error|Errors)\b|Ignoring repositories|Failed to (?:download|synchronize|load)|Cannot (?:download|prepare|find a valid baseurl|retrieve)|Could not (?:resolve|retrieve)|Curl error|All mirrors were tried|No more mirrors|Cache-only enabled but no cache|timed out|Another app is (?:currently )?holding|Waiting for process/im

/** Progress and headings stay below this; complaints with a whole address do too. */
const LONGEST = 1_000
/** Complaints beyond this are not searched. */
const MOST_TEXT = 256 * 1024

/** @returns true for a line that precedes an answer. */
export function isHarmless(line: string): boolean {
  return line.trim() === '' || (line.length < LONGEST && HARMLESS.some((pattern) => pattern.test(line)))
}

/** Why an answer cannot be whole, in the tool's own words; null: nothing speaks against it. */
export function whyIncomplete(stdout: string, stderr: string): string | null {
  for (const text of [stderr, stdout]) {
    if (text.length > MOST_TEXT) return 'more was printed than is read for complaints'
    const line = text.split('\n').find((one) => one.length < 2_000 && INCOMPLETE.test(one))
    if (line !== undefined) return line.trim().slice(0, 200)
  }
  return null
}

/** @returns true when the machine has no subscription to its distribution's updates. */
export function isUnregistered(stdout: string, stderr: string): boolean {
  return UNREGISTERED.test(stdout) || UNREGISTERED.test(stderr)
}
