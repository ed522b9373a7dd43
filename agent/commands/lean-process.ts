/**
 * Replaces this process by a leaner one of the same id: a small young generation (Node 26: 12 MB less private memory), compiled
 * code from a cache (no type stripper in memory: 17 MB less), and none of the variables by which another user of the machine
 * could change what Node or its TLS does. Not pure.
 */
import { flushCompileCache } from 'node:module'
import type { DataFolder } from '../data-folder.ts'

const FLAG = '--max-semi-space-size=1'

/** Cleared for the agent and so for every child of it (T34). */
const CLEARED = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_V8_COVERAGE',
  'OPENSSL_CONF',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
]

/** Set in a process that was replaced because types were stripped in it: it is not replaced again. */
const COMPILED = 'ROUNDS_COMPILED'

/** Returns only when the process is lean already, or where processes cannot be replaced (Windows). */
export function becomeLean(folder: DataFolder): void {
  for (const name of CLEARED) delete process.env[name]
  if (!process.execArgv.includes(FLAG)) replaceProcess({ NODE_COMPILE_CACHE: folder.cache, ...process.env })
}

/**
 * Called when everything is loaded: stores the compiled code, for a process that is killed later would lose it. If anything
 * had to be stripped of its types, the stripper stays in memory: the process is replaced once more, by one that needs none.
 */
export function keepCompiled(): void {
  flushCompileCache()
  // Node 26 lists its own loaded modules here; @types/node 26.6 does not know it. Without the list nothing is replaced.
  const loaded: unknown = Reflect.get(process, 'moduleLoadList')
  const hasStripper = Array.isArray(loaded) && loaded.some((name) => String(name).includes('internal/deps/amaro'))
  const hasCache = process.env['NODE_COMPILE_CACHE'] !== undefined
  if (hasStripper && hasCache && process.env[COMPILED] === undefined)
    replaceProcess({ ...process.env, [COMPILED]: '1' })
}

function replaceProcess(environment: NodeJS.ProcessEnv): void {
  const [, script, ...words] = process.argv
  if (process.execve === undefined || process.platform === 'win32' || script === undefined) return
  process.execve(process.execPath, [process.execPath, FLAG, script, ...words], environment)
}
