/** The XML form of a property list: `<plist>` with dict, array, string, integer, real, true, false, date and data. Pure; time linear in the text. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { PLIST_LIMITS, type PlistValue } from './plist.ts'

type Open =
  | { readonly kind: 'array'; readonly values: PlistValue[] }
  | { readonly kind: 'dict'; readonly entries: [string, PlistValue][]; key: string | null }

const LEAVES = new Set(['string', 'integer', 'real', 'date', 'data', 'key'])
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Error: what was met. A document that ends before its `</plist>` is refused: half a list is no list. */
export function readXmlPlist(text: string): Result<PlistValue, string> {
  const reader = new XmlReader()
  const start = text.indexOf('>', text.indexOf('<plist'))
  if (start < 0 || !text.includes('<plist')) return err('no <plist>')
  let at = start + 1
  for (;;) {
    const open = text.indexOf('<', at)
    const close = open < 0 ? -1 : text.indexOf('>', open)
    if (close < 0) return err('it ends before </plist>')
    const tag = text.slice(open + 1, close)
    if (tag === '/plist') return reader.end()
    const next = readTag(reader, text, { tag, open, after: close + 1 })
    if (!next.ok) return next
    at = next.value
  }
}

/** @returns where to go on. */
function readTag(
  reader: XmlReader,
  text: string,
  { tag, open, after }: { readonly tag: string; readonly open: number; readonly after: number },
): Result<number, string> {
  if (tag.startsWith('!--')) {
    const end = text.indexOf('-->', open)
    return end < 0 ? err('a comment is cut') : ok(end + 3)
  }
  const name = tag.replace(/[\s/].*$/s, '')
  if (!LEAVES.has(name) || tag.endsWith('/')) {
    const wrong = reader.tag(tag.replace(/\s*\/$/, '/'))
    return wrong === null ? ok(after) : err(wrong)
  }
  const end = text.indexOf(`</${name}>`, after)
  if (end < 0) return err(`<${name}> is cut`)
  const wrong = reader.leaf(name, text.slice(after, end))
  return wrong === null ? ok(end + name.length + 3) : err(wrong)
}

class XmlReader {
  readonly #open: Open[] = []
  #root: PlistValue | undefined
  #values = 0

  end(): Result<PlistValue, string> {
    if (this.#open.length > 0 || this.#root === undefined) return err('it ends inside a value')
    return ok(this.#root)
  }

  /** @returns what is wrong; null: nothing. */
  leaf(name: string, raw: string): string | null {
    if (name !== 'key') return this.#add(leafValue(name, raw))
    const dict = this.#open.at(-1)
    if (dict?.kind !== 'dict' || dict.key !== null) return 'a <key> where none belongs'
    dict.key = unescapeXml(raw)
    return null
  }

  tag(tag: string): string | null {
    if (tag === 'dict' || tag === 'array') {
      if (this.#open.length >= PLIST_LIMITS.depth) return 'it is too deep'
      this.#open.push(tag === 'array' ? { kind: 'array', values: [] } : { kind: 'dict', entries: [], key: null })
      return null
    }
    if (tag === '/dict' || tag === '/array') {
      const last = this.#open.pop()
      if (last === undefined || `/${last.kind}` !== tag) return `<${tag.slice(0, 20)}> where none belongs`
      if (last.kind === 'dict' && last.key !== null) return 'a <key> without its value'
      return this.#add(last.kind === 'array' ? last.values : Object.fromEntries(last.entries))
    }
    if (tag === 'dict/') return this.#add({})
    if (tag === 'array/') return this.#add([])
    if (tag === 'true/' || tag === 'false/') return this.#add(tag === 'true/')
    if (tag === 'string/' || tag === 'data/') return this.#add('')
    return `<${tag.slice(0, 20)}> is not of a property list`
  }

  #add(value: PlistValue): string | null {
    this.#values += 1
    if (this.#values > PLIST_LIMITS.values) return 'it is too large'
    const parent = this.#open.at(-1)
    if (parent === undefined) {
      if (this.#root !== undefined) return 'it holds two values'
      this.#root = value
      return null
    }
    if (parent.kind === 'array') parent.values.push(value)
    else if (parent.key === null) return 'a value without a key'
    else {
      parent.entries.push([parent.key, value])
      parent.key = null
    }
    return null
  }
}

/** A number or a date that is none reads as null, which is: not told. */
function leafValue(name: string, raw: string): PlistValue {
  if (name === 'string') return unescapeXml(raw)
  const trimmed = raw.trim()
  if (name === 'data') return trimmed.replace(/\s+/g, '')
  if (name === 'date') return Number.isFinite(Date.parse(trimmed)) ? trimmed : null
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : null
}

function unescapeXml(raw: string): string {
  if (!raw.includes('&') && !raw.includes('<![CDATA[')) return raw
  const plain = raw.startsWith('<![CDATA[') && raw.endsWith(']]>') ? raw.slice(9, -3) : raw
  return plain.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
