/** Section `system`: what this machine is. Static facts only; everything that moves is a sample. Pure. */
import { type Static, Type } from 'typebox'
import { count, oneOf, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Os = strict({
  family: Type.Union([Type.Literal('linux'), Type.Literal('windows'), Type.Literal('macos')]),
  /** os-release ID (`debian`), `windows`, `macos`. */
  id: text(64),
  /** Name as the system prints it. */
  name: text(128),
  /** VERSION_ID, Windows display version, macOS product version; null: rolling or not told (Arch, Debian testing). */
  version: orNull(text(64)),
  /** Windows `10.0.<build>.<UBR>`, macOS build; null on Linux. */
  build: orNull(text(64)),
  /** Running kernel release (`uname -r`); null: not told. */
  kernel: orNull(text(128)),
  /** Edition that decides the end of support (`pro`, `enterprise`, `ltsc`); null: no editions or not told. */
  edition: orNull(text(64)),
})

const Hardware = strict({
  vendor: orNull(text(128)),
  model: orNull(text(128)),
  /** Serial number for warranty; placeholders such as "To Be Filled By O.E.M." are null. */
  serial: orNull(text(128)),
  chassis: orNull(
    Type.Union([Type.Literal('desktop'), Type.Literal('laptop'), Type.Literal('server'), Type.Literal('other')]),
  ),
  /** BIOS date as YYYY-MM-DD: the machine is at least this new, never its age; null in VMs or not told. */
  biosDate: orNull(text(10)),
  cpu: orNull(text(128)),
  /** Logical processors; null: not told. */
  cpuThreads: orNull(count()),
  /** Physical memory, bytes; null: not told. */
  memoryBytes: orNull(count()),
})

const Battery = strict({
  name: text(64),
  /** Design capacity, mWh (or µAh·V equivalent as the source gives, same unit in both); null: not told. */
  designCapacity: orNull(count()),
  fullCapacity: orNull(count()),
  cycles: orNull(count()),
  /** What the maker's own electronics say of it; null or absent: not told. */
  condition: Type.Optional(orNull(oneOf(['normal', 'service']))),
})

/**
 * Samples: `memory:usedBytes`, `cpu:busyPermille` (0–1000 since the previous reading), `load:centi1` (load average × 100),
 * `swap:usedBytes`, `uptime:seconds`,
 * `crash:lastAt` (epoch ms).
 */
export const SystemSection = strict({
  samples: SampleKeys,
  os: readingOf(Os),
  /** Boot instant, epoch ms, read once per boot id so that clock steps do not move it. */
  boot: readingOf(strict({ bootedAt: count() })),
  /** `none` on bare metal; else the hypervisor or container kind (`kvm`, `vmware`, `lxc`, `docker`, `wsl`, `unknown-container`). */
  virtualization: readingOf(strict({ kind: text(32), container: Type.Boolean() })),
  hardware: readingOf(Hardware),
  /** Ends that nobody wanted, within the last `withinDays`: power lost or frozen, and stops of the system itself (blue screen, panic). */
  crashes: readingOf(strict({ unexpectedShutdowns: count(), systemStops: orNull(count()), withinDays: count() })),
  /** Empty list: no battery. */
  batteries: readingOf(Type.Array(Battery, { maxItems: 8 })),
})
export type SystemSection = Static<typeof SystemSection>
export type Hardware = Static<typeof Hardware>
export type OsFacts = Static<typeof Os>
export type Battery = Static<typeof Battery>
