/** storcli's text as the document that its JSON would be: titled sections, `Key = Value` lines and tables. Pure and total. */
import { textLines } from './text-lines.ts'

type Value = string | readonly Row[] | { readonly [key: string]: string }
type Row = { readonly [column: string]: string }
type Draft = { status: { [key: string]: string }; data: { [key: string]: Value } }

const UNDER_TITLE = /^={3,}$/
const RULE = /^-{6,}$/
const UNIT = /^[KMGTP]i?B$/
const STATUS_KEYS = ['CLI Version', 'Operating system', 'Controller', 'Status', 'Status Code', 'Description']

/** `{ Controllers: [{ 'Command Status': …, 'Response Data': … }] }`, one entry for each `CLI Version` or `Controller =` head. */
export function storcliDocument(text: string): { readonly Controllers: readonly unknown[] } {
  const drafts: Draft[] = []
  const lines = textLines(text)
  let section: string | null = null
  let at = 0
  while (at < lines.length) {
    const line = (lines[at] ?? '').trim()
    const title = UNDER_TITLE.test((lines[at + 1] ?? '').trim()) && line !== '' ? line.replace(/\s*:$/, '') : null
    if (title !== null) {
      section = title
      at += 2
      continue
    }
    if (RULE.test(line)) {
      const table = readTable(lines, at)
      const draft = drafts.at(-1)
      if (draft !== undefined && section !== null && table.rows.length > 0) addRows(draft, section, table.rows)
      at = table.next
      continue
    }
    section = readKey(line, section, drafts)
    at += 1
  }
  return { Controllers: drafts.map(({ status, data }) => ({ 'Command Status': status, 'Response Data': data })) }
}

/** A `Key = Value` line goes to the head of an answer, to its section, or to the answer itself. @returns the section it leaves open. */
function readKey(line: string, section: string | null, drafts: Draft[]): string | null {
  const found = /^([^=|]{1,100}?)\s{0,80}=\s{0,80}(.{0,300})$/.exec(line)
  if (found === null) return section
  const key = (found[1] ?? '').trim()
  const value = (found[2] ?? '').trim()
  const here = drafts.at(-1)
  // `Controller = 0` under the section Basics is not the head of an answer.
  const isHead = STATUS_KEYS.includes(key) && (section === null || here === undefined || key === 'CLI Version')
  if (isHead) {
    const isNew = here === undefined || Object.hasOwn(here.status, key) || key === 'CLI Version'
    // Without a prototype: a section may be called anything.
    const draft = isNew ? { status: {}, data: Object.create(null) as Draft['data'] } : here
    if (isNew) drafts.push(draft)
    draft.status[key] = value
    return null
  }
  if (here === undefined) return section
  if (key === 'Physical Drives' || key === 'Virtual Drives' || key === 'Number of Controllers' || section === null) {
    if (!Object.hasOwn(here.data, key)) here.data[key] = value
    return section
  }
  const place = here.data[section]
  if (place === undefined) here.data[section] = { [key]: value }
  else if (typeof place === 'object' && !Array.isArray(place) && !Object.hasOwn(place, key)) {
    here.data[section] = { ...(place as { readonly [key: string]: string }), [key]: value }
  }
  return section
}

function addRows(draft: Draft, section: string, rows: readonly Row[]): void {
  const known = draft.data[section]
  draft.data[section] = Array.isArray(known) ? [...known, ...rows] : rows
}

/** A rule, the heads, a rule, rows, a rule. @param from the line of the first rule. */
function readTable(lines: readonly string[], from: number): { readonly rows: readonly Row[]; readonly next: number } {
  const heads = (lines[from + 1] ?? '').trim().split(/\s+/, 64)
  if (!RULE.test((lines[from + 2] ?? '').trim())) return { rows: [], next: from + 1 }
  const isProperties = heads[0] === 'Property' && heads[1] === 'Value'
  const rows: Row[] = []
  let at = from + 3
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim()
    if (RULE.test(line) || line === '' || /^[A-Za-z#/]+[=-][A-Za-z]/.test(line)) break
    if (rows.length < 1_000) rows.push(isProperties ? propertyRow(line) : rowOf(heads, line))
  }
  return { rows, next: RULE.test((lines[at] ?? '').trim()) ? at + 1 : at }
}

function propertyRow(line: string): Row {
  const at = line.search(/\s{2,}/)
  return at < 0 ? { Property: line, Value: '' } : { Property: line.slice(0, at), Value: line.slice(at).trim() }
}

/** A size is one value (`14.551 TB`); what is too much belongs to the model, whose name may hold spaces. */
function rowOf(heads: readonly string[], line: string): Row {
  const words: string[] = []
  for (const word of line.split(/\s+/, 64)) {
    if (UNIT.test(word) && words.length > 0) words.push(`${words.pop()} ${word}`)
    else words.push(word)
  }
  const extra = words.length - heads.length
  const model = heads.some((head) => head === 'EID:Slt' || head === 'Ctl') ? heads.indexOf('Model') : -1
  if (extra > 0 && model >= 0) words.splice(model, extra + 1, words.slice(model, model + extra + 1).join(' '))
  return Object.fromEntries(heads.flatMap((head, index) => (words[index] === undefined ? [] : [[head, words[index]]])))
}
