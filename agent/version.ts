/** Version of the agent, from package.json: one number for the whole project. Read once at start. */
import { readFileSync } from 'node:fs'

/** `0.1.0`; `unknown` when the package file is not where the source tree has it. */
export const AGENT_VERSION: string = readVersion()

function readVersion(): string {
  try {
    const parsed: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    return typeof parsed === 'object' && parsed !== null && 'version' in parsed
      ? String(parsed.version).slice(0, 64)
      : 'unknown'
  } catch {
    return 'unknown'
  }
}
