/** Version of this release, from package.json: one number for server, agent and dashboard. */
import packageJson from '../package.json' with { type: 'json' }

/** `0.1.0`. */
export const VERSION: string = packageJson.version
