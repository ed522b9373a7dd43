/** Unexpected ends of a Linux machine, from wtmp and the one before it was rotated. I/O through the probe only. */
import type { SampleValues } from '../../../shared/checks/samples.ts'
import type { SystemSection } from '../../../shared/checks/system.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { CollectContext } from '../collector.ts'
import { parseWtmp, WTMP } from './wtmp.ts'

const FILE = '/var/log/wtmp'
/** Whole records: 384 bytes each. */
const MAX_BYTES = 384 * 2_000

type Found = { readonly reading: SystemSection['crashes']; readonly samples: SampleValues }

/** A container starts and ends with its host. Systems that keep no wtmp any more (Fedora 42, Debian 13) cannot tell. */
export async function readCrashes(
  { probe, off, now }: CollectContext,
  virtualization: SystemSection['virtualization'],
): Promise<Found> {
  if (off.has(WTMP)) return nothing({ code: 'disabled', detail: `${WTMP} is switched off for this machine` })
  if (virtualization.state === 'value' && virtualization.value.container)
    return nothing({ code: 'unsupported', detail: 'a container ends with its host' })
  const file = await probe.readFile(FILE, { maxBytes: MAX_BYTES, tail: true })
  if (!file.ok) {
    const none: Failure = { code: 'unsupported', detail: `this system keeps no ${FILE}` }
    return nothing(file.error.code === 'empty' ? none : file.error)
  }
  const older = await probe.readFile(`${FILE}.1`, { maxBytes: MAX_BYTES, tail: true })
  const bytes = older.ok && older.value.length % 384 === 0 ? joined(older.value, file.value) : file.value
  const found = parseWtmp(bytes, now)
  return found.ok ? { reading: read(WTMP, found.value.crashes), samples: found.value.samples } : nothing(found.error)
}

function nothing(failure: Failure): Found {
  return { reading: failed(WTMP, failure), samples: {} }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
