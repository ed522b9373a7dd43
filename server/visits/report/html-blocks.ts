/** Blocks of a report as HTML. Pure. */
import type { Standing } from '../../../shared/severity.ts'
import { html, Markup, shown } from './html-text.ts'
import type { MinutesBlock, MinutesSpan } from './parse-minutes.ts'
import type { LaidCell, LaidTable, ReportBlock } from './report-block.ts'

/** Characters up to which a cell stays on one line: names and dates do not break at their hyphens and spaces. */
const MOST_WHOLE = { strong: 20, other: 14 } as const

/** The six silhouettes (ui.md 4), on the 16-grid of the dashboard. */
const SHAPES: { readonly [S in Standing]: string } = {
  urgent: '<path fill="#a90f28" d="M8-.5 16.5 8 8 16.5-.5 8z"/>',
  attention: '<path fill="#b36e00" d="M8 .5 16 15.5H0z"/>',
  note: '<circle cx="8" cy="8" r="7" stroke="#3f86dc" stroke-width="2"/><path stroke="#3f86dc" stroke-width="2.2" stroke-linecap="round" d="M8 7.6v4M8 4.6v.1"/>',
  'not-proven':
    '<circle cx="8" cy="8" r="7.4" stroke="#583a8a" stroke-width="2" stroke-dasharray="4 2.64"/><path stroke="#583a8a" stroke-width="1.8" stroke-linecap="round" d="M6 6.3a2 2 0 1 1 2.9 2c-.6.3-.9.7-.9 1.2M8 11.9v.1"/>',
  accepted:
    '<path stroke="#464b50" stroke-width="1.8" stroke-linejoin="round" d="M8 .6 15.4 8 8 15.4.6 8z"/><path stroke="#464b50" stroke-width="1.8" stroke-linecap="round" d="M6.4 6v4M9.6 6v4"/>',
  good: '<path stroke="#3d6e52" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round" d="m1.5 8.8 4.5 4.6L15.2 2.6"/>',
}

/** A state mark; the word stands beside it, so readers skip it. */
export function stateMark(state: Standing): Markup {
  const shape = new Markup(SHAPES[state])
  return html`<svg class="mk" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`
}

/** @returns the blocks one after the other. */
export function blocksHtml(blocks: readonly ReportBlock[]): readonly Markup[] {
  return blocks.map(blockHtml)
}

function blockHtml(block: ReportBlock): Markup {
  switch (block.kind) {
    case 'heading':
      return headingHtml(block)
    case 'table':
      return tableHtml(block)
    case 'text':
      return textHtml(block)
    case 'items':
      return html`<ul class="items">${block.items.map(
        ({ state, text, detail }) =>
          html`<li>${state === null ? null : stateMark(state)}<div>${shown(text)}${detail === null ? null : html` <span class="note">${shown(detail)}</span>`}</div></li>`,
      )}</ul>`
    case 'decision':
      return decisionHtml(block)
    case 'image':
      return html`<figure>${new Markup(block.svg)}<figcaption class="label">${block.caption}</figcaption></figure>`
    case 'minutes':
      return html`${block.blocks.map(minutesHtml)}`
    case 'terms':
      return html`<dl class="terms">${block.terms.map(
        ({ label, text }) => html`<div><dt class="lead">${shown(label)}</dt> <dd>${shown(text)}</dd></div>`,
      )}</dl>`
    case 'pair':
      return html`<div class="pair"><div>${blocksHtml(block.left)}</div><div>${blocksHtml(block.right)}</div></div>`
    case 'keep':
      return html`${blocksHtml(block.blocks)}`
  }
}

type Block<K extends ReportBlock['kind']> = Extract<ReportBlock, { readonly kind: K }>

function headingHtml({ level, text, number, newPage }: Block<'heading'>): Markup {
  if (level === 3) return html`<h3>${shown(text)}</h3>`
  const mark = newPage ? ' class="newpage"' : ''
  return html`<h2${new Markup(mark)}><span class="n">${number}</span> <span>${shown(text)}</span></h2>`
}

/** Wide tables scroll by themselves: a region that takes focus and has a name. */
export function tableHtml({ caption, columns, rows }: LaidTable): Markup {
  const heads = columns.map(({ heading, isNumber }) =>
    heading === ''
      ? html`<td></td>`
      : html`<th scope="col"${isNumber ? new Markup(' class="num"') : null}>${shown(heading)}</th>`,
  )
  const body = rows.map(
    ({ isShaded, cells }) =>
      html`<tr${isShaded ? new Markup(' class="shaded"') : null}>${cells.map((one, i) => cellHtml(one, columns[i]?.isNumber ?? false))}</tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`
}

function cellHtml({ text, state, sub, look }: LaidCell, isNumber: boolean): Markup {
  const isWhole = text.length <= MOST_WHOLE[look === 'strong' ? 'strong' : 'other'] && !text.includes('\n')
  const classes = [
    look,
    isWhole ? 'whole' : '',
    isNumber ? 'num' : '',
    look === 'state' && state !== null ? `is-${state}` : '',
  ].filter(Boolean)
  const mark = state === null ? null : stateMark(state)
  const small = sub === null ? null : html` <small>${shown(sub)}</small>`
  return html`<td class="${classes.join(' ')}">${mark}${shown(text)}${small}</td>`
}

function textHtml({ tone, lead, text }: Block<'text'>): Markup {
  const strong = lead === null ? null : html`<b class="lead">${shown(lead)}</b> `
  return html`<p class="${tone} pre">${strong}${shown(text)}</p>`
}

function minutesHtml(block: MinutesBlock): Markup {
  if (block.kind === 'list') return html`<ul>${block.items.map((item) => html`<li>${item.map(spanHtml)}</li>`)}</ul>`
  const spans = block.spans.map(spanHtml)
  return block.kind === 'heading' ? html`<h3>${spans}</h3>` : html`<p class="pre">${spans}</p>`
}

function spanHtml({ style, text }: MinutesSpan): Markup {
  if (style === 'bold') return html`<strong>${shown(text)}</strong>`
  return style === 'emphasis' ? html`<em>${shown(text)}</em>` : shown(text)
}

function decisionHtml({ number, decision }: Block<'decision'>): Markup {
  const { what, why, inaction, cost, costNote, advice, due } = decision
  const price = [
    html`<p class="cost">${shown(cost)}</p>`,
    ...(costNote === null ? [] : [html`<p class="note">${shown(costNote)}</p>`]),
    ...(advice === null
      ? []
      : [html`<p class="label">${shown(advice.label)} <b class="lead">${shown(advice.text)}</b></p>`]),
    ...(due === null ? [] : [html`<p class="label">${shown(due)}</p>`]),
  ]
  return html`<section class="decision"><h3>${number}. ${shown(what)}</h3><div class="grid"><div><p class="pre">${shown(why)}</p><p class="otherwise pre"><b class="lead">${shown(inaction.label)}</b> ${shown(inaction.text)}</p></div><div class="price">${price}</div></div>${answerHtml(decision.answer)}</section>`
}

function answerHtml(answer: Block<'decision'>['decision']['answer']): Markup {
  if (answer.kind === 'decided')
    return html`<p class="answer pre">${answer.state === null ? null : stateMark(answer.state)}<b>${shown(answer.choice)}</b>, ${shown(answer.text)}</p>`
  const blank = html`<span class="blank"></span>`
  const boxes = answer.boxes.map(
    (box) => html`<li><span class="box"></span>${shown(box.text)}${box.blank ? blank : null}</li>`,
  )
  return html`<ul class="boxes">${boxes}<li>${shown(answer.signature)}${blank}</li></ul>`
}
