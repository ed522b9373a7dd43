/** Section `patch`: updates that wait, the package database, automatic updates, reboot. Times and list ages are samples. Pure. */
import { type Static, Type } from 'typebox'
import { count, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Update = strict({
  name: text(128),
  /** Version offered; null: not told. */
  version: orNull(text(128)),
})

/** Buckets are disjoint. Only `security` and `other` can be installed now. */
const Updates = strict({
  /** null: the source tells what waits, and not which of it is for security (dnf without updateinfo, pacman, apk). */
  security: orNull(count()),
  /** Everything that waits when `security` is null. null: the source tells of security updates only. */
  other: orNull(count()),
  /** Deferred by the distributor's phasing: not actionable. */
  phased: count(),
  /** Held by the administrator (`apt-mark hold`), and how many of them are security updates. */
  held: count(),
  heldSecurity: count(),
  /** Kept back: needs new or removed packages. */
  keptBack: count(),
  /** Names of the security updates, sorted, at most 256; the server remembers since when each one waits. */
  securityUpdates: Type.Array(Update, { maxItems: 256 }),
  /** Distinct security advisories behind them; absent: the manager has none, or does not tell. */
  securityAdvisories: Type.Optional(count()),
})

/** Updates that were tried and failed since they last succeeded. */
const FailingUpdate = strict({ name: text(256), times: count() })

/**
 * Samples: `list:refreshedAt` (epoch ms of the package lists), `upgrade:lastAt` (last successful upgrade, epoch ms),
 * `security:oldestAt` (publication of the oldest missing security update, epoch ms; where the source tells it), `failing:lastAt`.
 */
export const PatchSection = strict({
  samples: SampleKeys,
  /** Package manager in use (`apt`, `dnf`, `zypper`, `windows-update`, `softwareupdate`). */
  manager: readingOf(strict({ name: text(32) })),
  updates: readingOf(Updates),
  /** The package database itself: false is healthy. `problems`: packages in a broken state, at most 64 names. */
  database: readingOf(strict({ broken: Type.Boolean(), problems: Type.Array(text(128), { maxItems: 64 }) })),
  /** Automatic installation of security updates. `mechanism`: `unattended-upgrades`, `dnf-automatic`…; null: none found. */
  automatic: readingOf(strict({ enabled: Type.Boolean(), mechanism: orNull(text(64)) })),
  /** Updates that keep failing. Empty list: the history was read and holds none. */
  failing: readingOf(Type.Array(FailingUpdate, { maxItems: 64 })),
  reboot: readingOf(
    strict({
      required: Type.Boolean(),
      /** `flag` (/run/reboot-required), `kernel` (a newer one is installed), `libraries`. */
      reasons: Type.Array(
        Type.Union([Type.Literal('flag'), Type.Literal('kernel'), Type.Literal('libraries'), Type.Literal('update')]),
        { maxItems: 4 },
      ),
      runningKernel: orNull(text(128)),
      /** Newest installed kernel of the same flavour; null: not comparable (container, WSL). */
      installedKernel: orNull(text(128)),
    }),
  ),
})
export type PatchSection = Static<typeof PatchSection>
export type Updates = Static<typeof Updates>
