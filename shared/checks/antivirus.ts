/** Section `antivirus`: protection products and their state. Signature dates and versions are samples. Pure. */
import { type Static, Type } from 'typebox'
import { orNull, readingOf, strict, text } from '../reading.ts'
import { SampleKeys } from './samples.ts'

const Product = strict({
  /** Stable id: `clamav`, `crowdstrike`, `sentinelone`, `mdatp`, … The item in findings. */
  id: text(64),
  name: text(128),
  /** `antivirus` scans by signatures, `edr` watches behaviour; a `scanner` without a resident part protects nobody. */
  kind: Type.Union([Type.Literal('antivirus'), Type.Literal('edr'), Type.Literal('scanner')]),
  /** Its service or daemon runs; null: could not tell. */
  running: orNull(Type.Boolean()),
  /** Watches files as they are used; null: could not tell. Running is no proof of it. */
  realTime: orNull(Type.Boolean()),
  engineVersion: orNull(text(64)),
  /** Signatures are kept current by its own updater (freshclam runs); null: not told or no signatures. */
  updaterRunning: orNull(Type.Boolean()),
})

/** Samples: `product:<id>:signaturesAt` (epoch ms of the newest signatures), `product:<id>:signatureVersion`. */
export const AntivirusSection = strict({
  samples: SampleKeys,
  /** Empty list: every known product was looked for and none was seen. That is not "no antivirus". */
  products: readingOf(Type.Array(Product, { maxItems: 32 })),
})
export type AntivirusSection = Static<typeof AntivirusSection>
export type Product = Static<typeof Product>
