/** Section `antivirus`: protection products and their state. Signature dates and versions are samples. Pure. */
import { type Static, Type } from 'typebox'
import { count, oneOf, orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Product = strict({
  /** Stable id: `clamav`, `crowdstrike`, `sentinelone`, `mdatp`, … The item in findings. */
  id: text(64),
  name: text(128),
  /** `antivirus` scans by signatures, `edr` watches behaviour; a `scanner` without a resident part protects nobody; `builtin`: part of the system (XProtect). */
  kind: oneOf(['antivirus', 'edr', 'scanner', 'builtin']),
  /** Its service or daemon runs; null: could not tell. */
  running: orNull(Type.Boolean()),
  /** Watches files as they are used; null: could not tell. Running is no proof of it. */
  realTime: orNull(Type.Boolean()),
  engineVersion: orNull(text(64)),
  /** Signatures are kept current by its own updater (freshclam runs); null: not told or no signatures. */
  updaterRunning: orNull(Type.Boolean()),
  /** The product itself says that its signatures are current; null or absent: not told. A date in the samples is the better proof. */
  signaturesCurrent: Type.Optional(orNull(Type.Boolean())),
  /** What it says of itself; null or absent: not told. `passive`: another product protects; `reduced`: it runs and cannot do its work. */
  mode: Type.Optional(orNull(oneOf(['active', 'passive', 'off', 'snoozed', 'expired', 'reduced', 'unregistered']))),
})

/** Threats as counts only: paths hold personal data. */
const Threats = strict({
  /** Found and not dealt with. */
  active: count(),
  /** Dealt with (removed, quarantined, blocked) within the last `withinDays`; null: not told. */
  handled: orNull(count()),
  /** Dealing with them failed, within the last `withinDays`; null: not told. */
  failed: orNull(count()),
  withinDays: count(),
})

/** Samples: `product:<id>:signaturesAt` (epoch ms of the newest signatures), `product:<id>:signatureVersion`, `product:<id>:scannedAt`. */
export const AntivirusSection = strict({
  samples: SampleKeys,
  /** Empty list: every known product was looked for and none was seen. That is not "no antivirus". */
  products: readingOf(Type.Array(Product, { maxItems: 32 })),
  /** What the products found. `never`: none of them tells. */
  threats: readingOf(Threats),
})
export type AntivirusSection = Static<typeof AntivirusSection>
export type Product = Static<typeof Product>
