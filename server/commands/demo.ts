/** `server demo`: makes a folder with fictional clients and their history, for a demonstration, tests and benchmarks. */
import { encodeJson } from '../../shared/encode-json.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { readConfig } from '../config.ts'
import { DEFAULT_ORDER } from '../demo/demo-order.ts'
import { type FillOptions, fillDemo } from '../demo/fill-demo.ts'
import { type Command, misused, type Parsed, readWords } from './command.ts'

const MOST = { days: 750, machines: 500, seed: 9_999 } as const

/** What was asked, or a sentence about what is wrong with it. */
function orderOf({ text, words }: Parsed): Result<Pick<FillOptions, 'now' | 'order'>, string> {
  if (words[0] !== undefined) return err(`"${words[0].slice(0, 40)}" is not known.`)
  const numbers: { [name: string]: number } = {}
  for (const [name, most] of Object.entries(MOST)) {
    const given = text(name)
    if (given === null) continue
    if (!/^\d{1,4}$/.test(given) || Number(given) < 1 || Number(given) > most) {
      return err(`--${name} is a number from 1 to ${most}.`)
    }
    numbers[name] = Number(given)
  }
  const now = text('now') === null ? Date.now() : Date.parse(text('now') ?? '')
  return Number.isNaN(now)
    ? err('--now must be a time such as 2026-11-22T21:14:03Z.')
    : ok({ now, order: { ...DEFAULT_ORDER, ...numbers } })
}

/** Exit 1 when the folder cannot take a demonstration. A folder that is one already is brought up to date. */
export const demo: Command = {
  name: 'demo',
  summary: 'make a folder with fictional clients and their history',
  usage: ['demo [--data DIR] [--days N] [--machines N] [--seed N] [--now ISO]'],
  example: 'demo --days 365 --machines 50 --data /tmp/year',
  async run(args, io) {
    const option = { type: 'string' } as const
    const parsed = readWords(args, { data: option, days: option, machines: option, seed: option, now: option })
    if (!parsed.ok) return misused(io, demo, parsed.error)
    const order = orderOf(parsed.value)
    if (!order.ok) return misused(io, demo, order.error)
    const folder = parsed.value.text('data') ?? (io.environment['ROUNDS_DATA'] || './data-demo')
    const config = readConfig({ ...io.environment, ROUNDS_DATA: folder }, io.cwd)
    if (!config.ok) {
      io.err(config.error.message)
      return 2
    }
    const filled = await fillDemo(config.value, order.value)
    if (!filled.ok) {
      io.err(filled.error)
      return 1
    }
    const { oracleFile, stats, isNew } = filled.value
    const { dataFolder } = config.value
    if (parsed.value.has('json')) io.out(encodeJson({ dataFolder, oracle: oracleFile, isNew, ...stats }))
    else {
      io.out(`${dataFolder} holds a demonstration: ${stats.records} records and ${stats.findings} findings were added.`)
      io.out(`What really happened stands in ${oracleFile}`)
    }
    return 0
  },
}
