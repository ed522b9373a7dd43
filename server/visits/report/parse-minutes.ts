/**
 * Markdown subset of the minutes: `# ` headings, which are all of one level under that of the annex, paragraphs, `- ` and `* ` lists,
 * `**bold**`, `*emphasis*`. Everything else (links, HTML, images, code) is literal text. Linear in the length of the text. Pure.
 */

/** A run of text in one style. */
export type MinutesSpan = { readonly text: string; readonly style: 'plain' | 'bold' | 'emphasis' }
/** Spans of one paragraph or list item; a line end inside a paragraph is a `\n` in its text. */
type Line = readonly MinutesSpan[]
/** A heading, a paragraph, or a list of items. */
export type MinutesBlock =
  | { readonly kind: 'heading'; readonly spans: Line }
  | { readonly kind: 'paragraph'; readonly spans: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }

const BULLET = /^[ \t]*[-*][ \t]+(?=\S)/
/** CommonMark's ATX heading, up to three spaces in. */
const HEADING = /^ {0,3}#{1,6}[ \t]+(?=\S)/
const MARKERS = [
  { marker: '**', style: 'bold' },
  { marker: '*', style: 'emphasis' },
] as const

/** @returns the blocks; a text without any content has none. */
export function parseMinutes(markdown: string): readonly MinutesBlock[] {
  const blocks: MinutesBlock[] = []
  let paragraph: string[] = []
  let items: Line[] = []
  const end = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', spans: parseSpans(paragraph.join('\n')) })
    if (items.length > 0) blocks.push({ kind: 'list', items })
    paragraph = []
    items = []
  }
  for (const line of markdown.replace(/\r\n?/g, '\n').split('\n')) {
    const bullet = BULLET.exec(line)
    const heading = HEADING.exec(line)
    if (line.trim() === '') end()
    else if (heading !== null) {
      end()
      blocks.push({ kind: 'heading', spans: parseSpans(line.slice(heading[0].length).trimEnd()) })
    } else if (bullet !== null) {
      if (paragraph.length > 0) end()
      items.push(parseSpans(line.slice(bullet[0].length).trimEnd()))
    } else {
      if (items.length > 0) end()
      paragraph.push(line.trim())
    }
  }
  end()
  return blocks
}

/** A marker opens before a letter and closes after one; one that never closes stays literal. */
function parseSpans(text: string): Line {
  const spans: MinutesSpan[] = []
  let plain = ''
  const gone = new Set<string>()
  for (let at = 0; at < text.length; ) {
    const found = text[at] === '*' ? styledAt(text, at, gone) : null
    if (found === null) {
      plain += text[at]
      at += 1
      continue
    }
    if (plain !== '') spans.push({ text: plain, style: 'plain' })
    plain = ''
    spans.push(found.span)
    at = found.end
  }
  if (plain !== '' || spans.length === 0) spans.push({ text: plain, style: 'plain' })
  return spans
}

/** `gone`: markers known not to close any more, so that a line of a million stars is read once. */
function styledAt(text: string, at: number, gone: Set<string>) {
  for (const { marker, style } of MARKERS) {
    const start = at + marker.length
    if (gone.has(marker) || !text.startsWith(marker, at) || !/[^\s*]/.test(text[start] ?? ' ')) continue
    const close = closeOf(text, marker, start)
    if (close === -1) gone.add(marker)
    else return { span: { text: text.slice(start, close), style }, end: close + marker.length } as const
  }
  return null
}

function closeOf(text: string, marker: string, start: number): number {
  for (let close = text.indexOf(marker, start); close !== -1; close = text.indexOf(marker, close + 1)) {
    const isSingle = marker === '**' || (text[close + 1] !== '*' && text[close - 1] !== '*')
    if (isSingle && /\S/.test(text[close - 1] ?? ' ')) return close
  }
  return -1
}
