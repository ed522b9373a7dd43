/**
 * Child of the server that makes PDFs: Typst is native code and works 50 ms to seconds without a pause, so neither its time nor its
 * end may be the server's. Reads `{ id, report }` from its parent, answers `{ id, result }`; ends with its parent. I/O.
 */
import { setPriority } from 'node:os'
import type { RenderAnswer, RenderRequest } from './render-pdf.ts'
import { typesetPdf } from './typeset-pdf.ts'

/** Agents' acks come first: this process yields to the server whenever both want the same core. */
const NICE = 5
setPriority(NICE)

process.on('message', ({ id, report }: RenderRequest) => {
  const answer: RenderAnswer = { id, result: typesetPdf(report) }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit(0))
