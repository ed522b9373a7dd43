/** Samples as facts: stale ones lose their value, instants move to the server's clock, instants in the future fail. Pure. */
import type { CheckName } from '../../shared/checks/names.ts'
import { futureDetail } from '../../shared/rule-detail.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Deriving } from './deriving.ts'
import type { SampleFact } from './facts.ts'
import { isoOf } from './instant-detail.ts'
import { cadenceOfSample, staleAfterMs } from './rhythms.ts'

type Samples = ReadonlyMap<string, SampleFact>

/** @returns the same map when every sample stands as it is. */
export function correctSamples(check: CheckName, samples: Samples, deriving: Deriving): Samples {
  let copy: Map<string, SampleFact> | null = null
  for (const [key, fact] of samples) {
    const corrected = correctSample(check, key, fact, deriving)
    if (corrected === fact) continue
    copy ??= new Map(samples)
    copy.set(key, corrected)
  }
  return copy ?? samples
}

function correctSample(check: CheckName, key: string, fact: SampleFact, deriving: Deriving): SampleFact {
  if (fact.value === null) return fact
  const staleAt = fact.at + staleAfterMs(deriving.policy, cadenceOfSample(check, key))
  if (deriving.now > staleAt) return { value: null, at: fact.at, failure: { code: 'stale', detail: isoOf(fact.at) } }
  if (staleAt + 1 < deriving.dueAt) deriving.dueAt = staleAt + 1
  return key.endsWith('At') ? correctInstant(fact, fact.value + deriving.skewMs, deriving) : fact
}

function correctInstant(fact: SampleFact, instant: EpochMs, deriving: Deriving): SampleFact {
  const { now, futureMs } = deriving
  if (instant > now + futureMs) {
    deriving.dueAt = Math.min(deriving.dueAt, instant - futureMs)
    return { value: null, at: fact.at, failure: { code: 'parse', detail: futureDetail(isoOf(instant)) } }
  }
  const value = Math.min(instant, now)
  return value === fact.value ? fact : { ...fact, value }
}
