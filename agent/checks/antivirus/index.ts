/** The room `antivirus`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { clamavDatabaseSource } from './clamav-database.ts'
import { clamscanVersionSource } from './clamav-version.ts'
import { productsTask } from './collect.ts'
import { cortexSource } from './cortex.ts'
import { crowdstrikeSource } from './crowdstrike.ts'
import { sentineloneSource } from './sentinelone.ts'

/** What the agent runs for the check `antivirus`. */
export const ANTIVIRUS_TASKS: readonly Task<'antivirus'>[] = [productsTask]

/** What `agent parse antivirus/…` knows. */
export const ANTIVIRUS_SOURCES: readonly Source<'antivirus'>[] = [
  clamavDatabaseSource,
  clamscanVersionSource,
  crowdstrikeSource,
  sentineloneSource,
  cortexSource,
]
