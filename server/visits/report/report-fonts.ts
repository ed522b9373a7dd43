/**
 * The fonts of the report, out of the packages @fontsource/source-serif-4 and /source-sans-3 (OFL): sfnt for Typst, WOFF2 for HTML.
 * Reads files of the installation, once; nothing else.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unpackWoff } from './unpack-woff.ts'

const FAMILIES = [
  { package: 'source-serif-4', family: 'Source Serif 4', styles: ['400-normal', '400-italic', '600-normal'] },
  { package: 'source-sans-3', family: 'Source Sans 3', styles: ['400-normal', '600-normal'] },
] as const
const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'] as const
type Subset = (typeof SUBSETS)[number]

/** Fonts for Typst. */
export type ReportFonts = {
  readonly blobs: readonly Buffer[]
  /** Family names in the order to try, the subsets of one family after each other. */
  readonly serif: readonly string[]
  readonly sans: readonly string[]
  /** True when every style of both families draws the character. */
  readonly draws: (codePoint: number) => boolean
  /** The same for texts inside drawings, where Typst 0.14 tries the first subset only. */
  readonly drawsInCharts: (codePoint: number) => boolean
}

/** Fall-back inside Typst 0.14, when the packages are not there: Latin, Greek and Cyrillic, its own file cannot be asked. */
const LIBERTINUS = 'Libertinus Serif'
const isLibertinus = (code: number) => (code >= 0x20 && code <= 0x17f) || (code >= 0x2013 && code <= 0x203a)

const require = createRequire(import.meta.url)
const fileOf = (name: string, subset: Subset, style: string, extension: 'woff' | 'woff2') =>
  require.resolve(`@fontsource/${name}/files/${name}-${subset}-${style}.${extension}`)

/** The subset's own family name: Typst takes the first font of a name. */
const familyOf = (family: string, subset: Subset) => (subset === 'latin' ? family : `${family} ${subset}`)

/** Reads and unpacks all of them: about 70 ms, so only the process that makes PDFs calls it. */
export function readReportFonts(): ReportFonts {
  try {
    const read = FAMILIES.map(({ package: name, family, styles }) => {
      const perStyle = styles.map((style) =>
        SUBSETS.map((subset) =>
          unpackWoff(readFileSync(fileOf(name, subset, style, 'woff')), familyOf(family, subset)),
        ),
      )
      return { names: SUBSETS.map((subset) => familyOf(family, subset)), perStyle }
    })
    const [serif, sans] = read
    return {
      blobs: read.flatMap(({ perStyle }) => perStyle.flat().map(({ bytes }) => bytes)),
      serif: [...(serif?.names ?? []), LIBERTINUS],
      sans: [...(sans?.names ?? []), LIBERTINUS],
      draws: (code) =>
        read.every(({ perStyle }) => perStyle.every((subsets) => subsets.some((one) => one.characters.has(code)))),
      drawsInCharts: (code) =>
        read.every(({ perStyle }) => perStyle.every(([latin]) => latin?.characters.has(code) ?? false)),
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
    return { blobs: [], serif: [LIBERTINUS], sans: [LIBERTINUS], draws: isLibertinus, drawsInCharts: isLibertinus }
  }
}

/** One `@font-face` source of the HTML report. */
export type WebFont = {
  readonly family: string
  readonly weight: '400' | '600'
  readonly style: 'normal' | 'italic'
  readonly base64: string
}

const known = new Map<Subset, readonly WebFont[]>()

/** @returns the WOFF2 files of a subset; empty when the packages are not there. Read once. */
export function readWebFonts(subset: 'latin' | 'latin-ext'): readonly WebFont[] {
  const fonts = known.get(subset) ?? loadWebFonts(subset)
  known.set(subset, fonts)
  return fonts
}

function loadWebFonts(subset: Subset): readonly WebFont[] {
  try {
    return FAMILIES.flatMap(({ package: name, family, styles }) =>
      styles.map((face) => ({
        family,
        weight: face.startsWith('600') ? ('600' as const) : ('400' as const),
        style: face.endsWith('italic') ? ('italic' as const) : ('normal' as const),
        base64: readFileSync(fileOf(name, subset, face, 'woff2')).toString('base64'),
      })),
    )
  } catch {
    return []
  }
}
