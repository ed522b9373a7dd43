/** A message as mail: text and HTML part of the same words. No image, no script, nothing that is fetched. Pure. */
import type { SaidMessage, SaidProblem } from '../say-message.ts'

/** The two parts of a mail, and its subject. */
export type ComposedMail = { readonly subject: string; readonly text: string; readonly html: string }

/** @param language of the words, for readers that speak. */
export function composeMail(said: SaidMessage, language: string): ComposedMail {
  return { subject: said.subject, text: textOf(said), html: htmlOf(said, language) }
}

function textOf({ lead, problems, more, footer }: SaidMessage): string {
  const blocks = problems.map(({ heading, paragraphs, link }) =>
    [
      `* ${heading}`,
      ...paragraphs.map(({ label, text }) => `  ${label === null ? text : `${label}: ${text}`}`),
      ...(link === null ? [] : [`  ${link.text}: ${link.url}`]),
    ].join('\n'),
  )
  return `${[lead, ...blocks, ...(more === null ? [] : [more]), `-- \n${footer}`].join('\n\n')}\n`
}

const BODY =
  'margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;max-width:640px'
const HEADING = 'font-size:16px;margin:20px 0 4px'
const PARAGRAPH = 'margin:4px 0'
const FOOTER = 'margin:28px 0 0;font-size:13px;border-top:1px solid #999;padding-top:8px'

function htmlOf({ subject, lead, problems, more, footer }: SaidMessage, language: string): string {
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    `<body style="${BODY}"><p style="${PARAGRAPH}">${escaped(lead)}</p>`,
    ...problems.map(problemOf),
    ...(more === null ? [] : [`<p style="${PARAGRAPH}">${escaped(more)}</p>`]),
    `<p style="${FOOTER}">${escaped(footer)}</p></body></html>`,
  ].join('\n')
}

function problemOf({ heading, paragraphs, link }: SaidProblem): string {
  const lines = paragraphs.map(({ label, text }) => {
    const named = label === null ? '' : `<strong>${escaped(label)}:</strong> `
    return `<p style="${PARAGRAPH}">${named}${escaped(text)}</p>`
  })
  const open =
    link === null ? '' : `<p style="${PARAGRAPH}"><a href="${escaped(link.url)}">${escaped(link.text)}</a></p>`
  return `<h2 style="${HEADING}">${escaped(heading)}</h2>\n${lines.join('\n')}${open}`
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for any place in HTML between tags or in a quoted attribute. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
