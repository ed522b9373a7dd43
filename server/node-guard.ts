/** Refuses a Node that would crash, with a sentence. Imported before anything that loads native code. Not pure. */

/** better-sqlite3 13 ends with a segmentation fault below Node-API 10, and types are stripped by default from 22.18 only. */
const FLOOR = [22, 18] as const

/** @returns the sentence; null: this Node is fine. Pure. */
export function refuseNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return null
  return `Rounds needs Node ${FLOOR.join('.')} or newer, and this is ${version}. Start it with npm start: that uses the Node it brings along.`
}

const refusal = refuseNode(process.versions.node)
if (refusal !== null) {
  process.stderr.write(`${refusal}\n`)
  process.exit(1)
}
