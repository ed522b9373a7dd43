/**
 * Child of the server that writes visit reports: counting a year of fifty machines and typesetting it (Typst is native code) takes from
 * 50 ms to seconds without a pause, so neither its time nor its end may be the server's. Reads requests from its parent (render-request.ts),
 * answers `{ id, result }`; ends with its parent. I/O.
 */
import { setPriority } from 'node:os'
import { visitReportOf } from '../view-model/visit-report-of.ts'
import { renderHtml } from './render-html.ts'
import type { RenderAnswer } from './render-report.ts'
import { type RenderRequest, type RenderSource, RequestJoiner } from './render-request.ts'
import { typesetPdf } from './typeset-pdf.ts'

/** Agents' acks come first: this process yields to the server whenever both want the same core. */
const NICE = 5
setPriority(NICE)

function answerTo(source: RenderSource): RenderAnswer['result'] {
  try {
    const report = 'report' in source ? source.report : visitReportOf(source.input)
    const pdf = typesetPdf(report)
    return pdf.ok ? { ok: true, value: { pdf: pdf.value, html: Buffer.from(renderHtml(report)) } } : pdf
  } catch (error) {
    return { ok: false, error: { code: 'failed', detail: String(error) } }
  }
}

const joiner = new RequestJoiner()
process.on('message', (request: RenderRequest) => {
  const source = joiner.take(request)
  if (source !== null) process.send?.({ id: request.id, result: answerTo(source) } satisfies RenderAnswer)
})
process.on('disconnect', () => process.exit(0))
