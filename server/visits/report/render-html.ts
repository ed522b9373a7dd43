/**
 * Renders a visit report as one HTML file that needs nothing else: no script, no address, style and fonts inside, a policy that allows
 * nothing more. Same content and order as the PDF; equal reports give equal bytes. Reads the fonts' files once, else pure.
 */
import { PRINT_INK } from '../../../shared/charts/chart-ink.ts'
import { dial } from '../../../shared/charts/dial.ts'
import { sha256 } from '../../../shared/protocol/crypto.ts'
import { acceptLogo } from './accept-logo.ts'
import { blocksHtml, stateMark, tableHtml } from './html-blocks.ts'
import { html, Markup, shown } from './html-text.ts'
import { layOut } from './lay-out.ts'
import { layCoverDecisions } from './lay-tables.ts'
import { makeVisible } from './make-visible.ts'
import { operatorColor } from './operator-color.ts'
import { hashLine, LEGEND } from './pdf-data.ts'
import { reportCss } from './report-css.ts'
import { readWebFonts, type WebFont } from './report-fonts.ts'
import type { ReportLogo, VisitReport } from './visit-report.ts'

/** Characters of the latin-ext subset that are not in latin: only a report that holds one carries that file (150 kB). */
const EXTENDED = /[\u0100-\u02ba\u1e00-\u1eff]/

/** @returns the whole page. */
export function renderHtml(report: VisitReport): string {
  const content = [coverHtml(report), ...blocksHtml(layOut(report))]
  const body = html`<main>${content}${footerHtml(report)}</main>`
  const css = `${fontFaces(body.text)}${reportCss(operatorColor(report.operator.color))}`
  const hash = Buffer.from(sha256(Buffer.from(css))).toString('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`
  const head = html`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${report.documentTitle}</title><style>${new Markup(css)}</style>`
  return html`<!doctype html>
<html lang="${report.language}"><head>${head}</head><body>${body}</body></html>
`.text
}

function fontFaces(text: string): string {
  const latin = readWebFonts('latin').map((font) => face(font, ''))
  if (!EXTENDED.test(text)) return latin.join('')
  const range = ';unicode-range:U+0100-02BA,U+1E00-1EFF'
  return [...latin, ...readWebFonts('latin-ext').map((font) => face(font, range))].join('')
}

const face = ({ family, weight, style, base64 }: WebFont, range: string) =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style}${range};src:url(data:font/woff2;base64,${base64}) format("woff2")}\n`

function coverHtml(report: VisitReport): Markup {
  const { operator, cover, parts, words } = report
  const { verdict } = cover
  const role = operator.role === null ? null : html`, ${shown(operator.role)}`
  const contact = operator.contact === null ? null : html`<span>${shown(operator.contact)}</span>`
  const lines = cover.lines.flatMap((line, i) => (i === 0 ? [shown(line)] : [html`<br>`, shown(line)]))
  const text = verdict.text === '' ? null : html`<p class="text pre">${shown(verdict.text)}</p>`
  const { decisions } = parts
  const asked =
    decisions === null || decisions.items.length === 0
      ? null
      : html`<section><h2 class="sub">${shown(decisions.heading)}</h2>${tableHtml(layCoverDecisions(decisions))}</section>`
  return html`${logoHtml(operator.logo)}<header class="by"><span><b>${shown(operator.name)}</b>${role}</span>${contact}</header>
<p class="title">${shown(cover.title)}</p><h1>${shown(cover.client)}</h1><p class="note">${lines}</p>
<section class="verdict"><p class="word is-${verdict.state}">${stateMark(verdict.state)}${shown(verdict.word)}</p><p class="sentence pre">${shown(verdict.sentence)}</p>${text}</section>
${dialsHtml(cover)}<dl class="figures">${cover.figures.map((one) => html`<div><dt>${shown(one.text)}</dt><dd>${shown(one.value)}</dd></div>`)}</dl>
${cover.cost === null ? null : html`<p class="note pre">${shown(cover.cost)}</p>`}${asked}${legendHtml(words)}`
}

function dialsHtml({ dials }: VisitReport['cover']): Markup {
  const items = dials.map((one) => {
    const drawing = new Markup(dial({ ...one, label: makeVisible(one.alt) }, PRINT_INK))
    const movement = one.movement === '' ? null : html`<span>${shown(one.movement)}</span>`
    return html`<li>${drawing}<b>${shown(one.name)}</b><span class="state is-${one.state}">${stateMark(one.state)}${shown(one.word)}</span>${movement}<span>${shown(one.countsText)}</span></li>`
  })
  return html`<ul class="dials">${items}</ul>`
}

function legendHtml({ dialLegend, shapesLegend, states }: VisitReport['words']): Markup {
  const shapes = LEGEND.flatMap((state, i) => [
    html`${i === 0 ? '' : ', '}`,
    html`<span>${stateMark(state)}${shown(states[state])}</span>`,
  ])
  const before = dialLegend === null ? null : html`${shown(dialLegend)} `
  return html`<p class="label legend">${before}${shown(shapesLegend)} ${shapes}.</p>`
}

function logoHtml(logo: ReportLogo | null): Markup | null {
  const accepted = logo && acceptLogo(Buffer.from(logo.base64, 'base64'), logo.alt)
  if (!accepted?.ok) return null
  const { mediaType, base64, alt } = accepted.value
  return html`<img class="logo" alt="${alt}" src="data:${mediaType};base64,${base64}">`
}

const footerHtml = ({ footer }: VisitReport): Markup =>
  html`<footer><div class="pre">${shown(footer.text)}</div><div class="hash">${hashLine(footer.snapshotHash)}</div></footer>`
