/** A small reader of the text format 0.0.4, written after its description alone: what Prometheus would see. Pure. */

/** One line with a value. */
export type Series = {
  readonly name: string
  readonly labels: { readonly [label: string]: string }
  readonly value: number
}

/** What an exposition says. `families`: by name, in order, with the lines of each. */
export type Exposition = {
  readonly families: ReadonlyMap<string, { readonly help: string; readonly type: string; readonly series: Series[] }>
  readonly series: readonly Series[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const UNESCAPED: { readonly [letter: string]: string } = { '\\': '\\', '"': '"', n: '\n' }

/** @throws Error naming the line for everything that the format does not allow, and for a family in two places. */
export function parseExposition(text: string): Exposition {
  if (text !== '' && !text.endsWith('\n')) throw new Error('no line end after the last line')
  const families = new Map<string, { help: string; type: string; series: Series[] }>()
  const all: Series[] = []
  let current = ''
  let help: string | null = null
  // prom-client puts an empty line between families; the format ignores it.
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (kind === 'HELP') {
      if (families.has(name)) throw new Error(`${name} stands in two places`)
      current = name
      help = rest
      continue
    }
    if (kind === 'TYPE') {
      if (name !== current || help === null) throw new Error(`TYPE without HELP: ${line}`)
      families.set(name, { help, type: rest, series: [] })
      help = null
      continue
    }
    const series = parseSeries(line)
    const family = families.get(current)
    if (family === undefined || !isOf(current, family.type, series.name)) throw new Error(`out of place: ${line}`)
    family.series.push(series)
    all.push(series)
  }
  return { families, series: all }
}

const isOf = (family: string, type: string, name: string): boolean =>
  name === family || (type === 'histogram' && ['_bucket', '_sum', '_count'].some((end) => name === `${family}${end}`))

function parseSeries(line: string): Series {
  const name = NAME.exec(line)?.[0]
  if (name === undefined) throw new Error(`no name: ${JSON.stringify(line)}`)
  const { labels, at } =
    line[name.length] === '{' ? parseLabels(line, name.length + 1) : { labels: {}, at: name.length }
  const written = /^ (\S+)$/.exec(line.slice(at))?.[1]
  const value = written === '+Inf' ? Number.POSITIVE_INFINITY : Number(written)
  if (written === undefined || Number.isNaN(value)) throw new Error(`no value: ${JSON.stringify(line)}`)
  return { name, labels, value }
}

function parseLabels(
  line: string,
  from: number,
): { readonly labels: { [label: string]: string }; readonly at: number } {
  const labels: { [label: string]: string } = {}
  let at = from
  while (line[at] !== '}') {
    const label = NAME.exec(line.slice(at))?.[0]
    if (label === undefined || line.slice(at + label.length, at + label.length + 2) !== '="' || label in labels) {
      throw new Error(`bad label at ${at}: ${JSON.stringify(line)}`)
    }
    const read = parseValue(line, at + label.length + 2)
    labels[label] = read.value
    at = line[read.at] === ',' ? read.at + 1 : read.at
    if (line[read.at] !== ',' && line[read.at] !== '}') throw new Error(`bad label list: ${JSON.stringify(line)}`)
  }
  return { labels, at: at + 1 }
}

function parseValue(line: string, from: number): { readonly value: string; readonly at: number } {
  let value = ''
  let at = from
  while (line[at] !== '"') {
    const letter = line[at]
    if (letter === undefined) throw new Error(`label without end: ${JSON.stringify(line)}`)
    const escaped = letter === '\\' ? UNESCAPED[line[at + 1] ?? ''] : letter
    if (escaped === undefined) throw new Error(`unknown escape: ${JSON.stringify(line)}`)
    value += escaped
    at += letter === '\\' ? 2 : 1
  }
  return { value, at: at + 1 }
}

/** @returns name and labels as one text: equal for series that Prometheus would take for one. */
export function keyOfSeries({ name, labels }: Series): string {
  return JSON.stringify([name, ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))])
}
