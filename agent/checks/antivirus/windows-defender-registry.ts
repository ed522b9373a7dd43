/**
 * Defender by its registry values, where WMI does not answer. Pure. They prove that something is switched off and how old the signatures
 * are, never that files are watched.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { filetimeInstant } from '../windows/instant.ts'
import { type ProductStatus, productOf } from './product-status.ts'
import { type RegistryValues, readRegistryValues } from './registry-values.ts'
import { toldVersion } from './told.ts'
import { DEFENDER } from './windows-defender.ts'
import { windowsFailure } from './windows-errors.ts'

/** Block of the script. */
export const DEFENDER_REGISTRY_BLOCK = 'defender-registry'

/** Errors: `empty` when none of the values is told. */
export function parseDefenderRegistry(
  values: RegistryValues,
  now: EpochMs,
): Result<{ readonly status: ProductStatus; readonly signaturesAt: EpochMs | null }, Failure> {
  const flag = (name: string) => values.number(name)
  const off = ['DisableAntiSpyware', 'DisableAntiVirus', 'DisableRealtimeMonitoring', 'DisableOnAccessProtection'].some(
    (name) => flag(name) === 1,
  )
  const passive = [flag('ForceDefenderPassiveMode'), flag('PassiveMode')].some((value) => value !== null && value > 0)
  const version = values.text('AVSignatureVersion')
  const at = signaturesAt(values, now)
  if (!off && !passive && version === null && at === null)
    return err({ code: values.isEmpty ? 'empty' : 'parse', detail: 'no value of Defender in it' })
  const mode = off ? 'off' : passive ? 'passive' : null
  return ok({
    status: {
      running: null,
      realTime: mode === null ? null : false,
      engineVersion: toldVersion(values.text('EngineVersion')),
      signaturesCurrent: null,
      mode,
    },
    signaturesAt: at,
  })
}

/** SignaturesLastUpdated: FILETIME, least byte first. */
function signaturesAt(values: RegistryValues, now: EpochMs): EpochMs | null {
  const bytes = values.bytes('SignaturesLastUpdated')
  if (bytes === null || bytes.length !== 8) return null
  const ticks = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const at = filetimeInstant(ticks.toString())
  return at !== null && at <= now + DAY_MS ? at : null
}

/** Errors: those of the block; `empty`, `parse`. */
export const windowsDefenderRegistrySource: Source<'antivirus'> = {
  id: 'antivirus/windows-defender-registry',
  check: 'antivirus',
  parse: (input) => {
    const { stdout, now } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const values = readRegistryValues(stdout, DEFENDER_REGISTRY_BLOCK)
    if (!values.ok) return values
    const parsed = parseDefenderRegistry(values.value, now)
    if (!parsed.ok) return parsed
    return ok({
      parts: { products: read('antivirus/windows-defender-registry', [productOf(DEFENDER, parsed.value.status)]) },
      samples: { [`product:${DEFENDER}:signaturesAt`]: parsed.value.signaturesAt },
    })
  },
}
