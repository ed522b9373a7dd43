/** RAID cards of this machine, from the kernel or Windows, without a tool of their makers. I/O through the probe only. */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { askWindows } from '../windows/ask.ts'
import { type CardFamily, familyOfDriver, familyOfRecord, RAID_CARDS_BLOCK } from './raid-cards.ts'

/** One card. `place`: its PCI address or its name in Windows. */
export type FoundCard = { readonly family: CardFamily; readonly name: string; readonly place: string }

const PCI = '/sys/bus/pci/devices'

/** Errors: those of asking Windows. A Linux without PCI (small boards, containers) has no cards; Apple builds none in. */
export async function readRaidCards(
  context: Pick<CollectContext, 'probe' | 'now'>,
): Promise<Result<readonly FoundCard[], Failure>> {
  if (context.probe.platform === 'win32') return readWindowsCards(context)
  return ok(context.probe.platform === 'linux' ? await readPci(context.probe) : [])
}

async function readWindowsCards(
  context: Pick<CollectContext, 'probe' | 'now'>,
): Promise<Result<readonly FoundCard[], Failure>> {
  const records = await askWindows(context, RAID_CARDS_BLOCK)
  if (!records.ok) return records.error.code === 'empty' ? ok([]) : records
  return ok(
    records.value.flatMap((record) => {
      const card = familyOfRecord(record)
      return card === null ? [] : [{ ...card, place: card.name }]
    }),
  )
}

async function readPci(probe: Probe): Promise<readonly FoundCard[]> {
  const devices = await probe.list(PCI)
  const cards: FoundCard[] = []
  for (const { name } of (devices.ok ? devices.value : []).slice(0, 1_000)) {
    const file = await probe.readFile(`${PCI}/${name}/class`, { maxBytes: 32 })
    const pciClass = file.ok ? decode(file.value).trim() : ''
    // Mass storage only: 0x01.
    if (!pciClass.startsWith('0x01')) continue
    const link = await probe.readLink(`${PCI}/${name}/driver`)
    const driver = link.ok ? (link.value.split('/').at(-1) ?? null) : null
    const family = familyOfDriver(driver, pciClass)
    if (family !== null) cards.push({ family, name: driver ?? 'without a driver', place: `pci:${name}` })
  }
  return cards
}
