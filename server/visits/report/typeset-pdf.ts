/** Typst 0.14 (typst-ts-node-compiler 0.7.0) in this process: loaded at the first report, kept warm. Blocks while it works. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { err, ok, type Result } from '../../../shared/result.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { pdfData } from './pdf-data.ts'
import { readReportFonts } from './report-fonts.ts'
import type { VisitReport } from './visit-report.ts'

/** `unavailable`: there is no Typst for this system; `failed`: it refused. `detail` is for the log. */
export type TypesetError = { readonly code: 'unavailable' | 'failed'; readonly detail: string }

type Typst = typeof import('@myriaddreamin/typst-ts-node-compiler')
type Ready = {
  readonly compiler: InstanceType<Typst['NodeCompiler']>
  readonly fonts: ReturnType<typeof readReportFonts>
  readonly template: string
}

/** Compilations for which Typst remembers an unused part. */
const CACHE_AGE = 4
const MAX_DETAIL = 2_000
let ready: Ready | null = null

function prepare(): Ready {
  if (ready !== null) return ready
  // Required here and not imported: where the native package is missing this must be an answer, not a crash at load.
  const { NodeCompiler }: Typst = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler')
  const fonts = readReportFonts()
  const compiler = NodeCompiler.create({
    workspace: import.meta.dirname,
    ...(fonts.blobs.length > 0 ? { fontArgs: [{ fontBlobs: [...fonts.blobs] }] } : {}),
  })
  ready = { compiler, fonts, template: readFileSync(new URL('./visit-report.typ', import.meta.url), 'utf8') }
  return ready
}

/** @returns the PDF. An image that Typst cannot read is left out rather than the report. */
export function typesetPdf(report: VisitReport): Result<Uint8Array, TypesetError> {
  try {
    prepare()
  } catch (error) {
    return err({ code: 'unavailable', detail: detailOf(error) })
  }
  const whole = compile(report, true)
  return whole.ok || report.operator.logo === null ? whole : compile(report, false)
}

function compile(report: VisitReport, withLogo: boolean): Result<Uint8Array, TypesetError> {
  const { compiler, fonts, template } = prepare()
  try {
    const compiled = compiler.compile({ mainFileContent: template, inputs: { data: pdfData(report, fonts, withLogo) } })
    const document = compiled.result
    if (document === null) return err({ code: 'failed', detail: diagnosticsOf(compiled.takeError()) })
    // Seconds: Typst prints them as the creation date, and takes nothing else from a clock.
    const creationTimestamp = Math.floor(report.createdAt / SECOND_MS)
    return ok(compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp }))
  } catch (error) {
    return err({ code: 'failed', detail: detailOf(error) })
  } finally {
    compiler.evictCache(CACHE_AGE)
  }
}

const diagnosticsOf = (error: { readonly shortDiagnostics: readonly unknown[] } | null): string =>
  JSON.stringify(error?.shortDiagnostics ?? []).slice(0, MAX_DETAIL)

function detailOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_DETAIL)
}
