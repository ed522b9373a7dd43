/** The room `antivirus`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { bduitoolSource } from './bduitool.ts'
import { carbonBlackSource } from './carbon-black.ts'
import { clamavDatabaseSource } from './clamav-database.ts'
import { clamscanVersionSource } from './clamav-version.ts'
import { productsTask } from './collect.ts'
import { cortexSource } from './cortex.ts'
import { crowdstrikeSource } from './crowdstrike.ts'
import { esetSource } from './eset.ts'
import { keslSource } from './kesl.ts'
import { mdatpSource } from './mdatp.ts'
import { sentineloneSource } from './sentinelone.ts'
import { sophosHealthSource } from './sophos-health.ts'
import { systemExtensionsSource } from './system-extensions.ts'
import { windowsDefenderSource } from './windows-defender.ts'
import { windowsDefenderRegistrySource } from './windows-defender-registry.ts'
import { windowsDefenderThreatsSource } from './windows-defender-threats.ts'
import { securityCenterSource } from './windows-security-center.ts'
import { windowsServicesSource } from './windows-services.ts'
import { xprotectSource } from './xprotect.ts'

/** What the agent runs for the check `antivirus`. */
export const ANTIVIRUS_TASKS: readonly Task<'antivirus'>[] = [productsTask]

/** What `agent parse antivirus/…` knows. */
export const ANTIVIRUS_SOURCES: readonly Source<'antivirus'>[] = [
  clamavDatabaseSource,
  clamscanVersionSource,
  crowdstrikeSource,
  sentineloneSource,
  cortexSource,
  bduitoolSource,
  carbonBlackSource,
  esetSource,
  keslSource,
  mdatpSource,
  sophosHealthSource,
  systemExtensionsSource,
  windowsDefenderSource,
  windowsDefenderRegistrySource,
  windowsDefenderThreatsSource,
  securityCenterSource,
  windowsServicesSource,
  xprotectSource,
]
