/**
 * The real `/metrics` of a server started as `npm start` does, with this machine's agent behind it: `curl -H "Authorization: Bearer …"`
 * piped into Prometheus's own `promtool check metrics` (Debian's prometheus 2.42), and then scraped by a real Prometheus.
 */
import { match, strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { npmStart, type Started } from '../../support/e2e-processes.ts'
import { runProgram } from '../../support/run-program.ts'
import type { Block, BlockContext } from '../block.ts'

const FIRST_REPORT_MS = 30_000
const SCRAPED_MS = 30_000
const PROMETHEUS_PORT = 39_090

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until the answer satisfies. @throws when it has not within `withinMs`. */
async function until(what: string, withinMs: number, ask: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await ask().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`)
    await pause(250)
  }
}

async function token(server: Started): Promise<string> {
  const made = await server.command('token', 'new', '--role', 'viewer', '--client', 'all', '--label', 'promtool')
  strictEqual(made.code, 0, made.stderr)
  return made.stdout.trim()
}

/** A real Prometheus with this server as its only target; up, and a series of this machine, are asked through its API. */
async function scrape(server: Started, bearer: string, { folder, log }: BlockContext): Promise<void> {
  const config = path.join(folder, 'prometheus.yml')
  const secret = path.join(folder, 'token')
  fs.writeFileSync(secret, bearer, { mode: 0o600 })
  const target = new URL(server.origin).host
  fs.writeFileSync(
    config,
    `global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: rounds\n  authorization: {credentials_file: ${secret}}\n  static_configs: [{targets: ['${target}']}]\n`,
  )
  const storage = `--storage.tsdb.path=${path.join(folder, 'tsdb')}`
  const listen = `--web.listen-address=127.0.0.1:${PROMETHEUS_PORT}`
  const prometheus = spawn('prometheus', [`--config.file=${config}`, storage, listen], { stdio: 'ignore' })
  const query = async (expression: string): Promise<string> => {
    const url = `http://127.0.0.1:${PROMETHEUS_PORT}/api/v1/query?query=${encodeURIComponent(expression)}`
    return (await fetch(url)).text()
  }
  try {
    await until('a successful scrape', SCRAPED_MS, async () => /"1"\]/.test(await query('up{job="rounds"}')))
    await until('a machine in Prometheus', SCRAPED_MS, async () => /"1"\]/.test(await query('rounds_machine_up')))
    const count = await query('count({__name__=~"rounds_.+"})')
    log(`scraped: ${count}`)
    match(count, /"status":"success"/)
  } finally {
    prometheus.kill('SIGTERM')
  }
}

/** The block. */
export const block: Block = {
  name: 'metrics',
  packages: ['prometheus', 'curl'],
  timeoutMs: 120_000,
  ci: true,
  async run(context) {
    const { folder, log } = context
    const server = await npmStart()
    try {
      const bearer = await token(server)
      const header = path.join(folder, 'header')
      fs.writeFileSync(header, `Authorization: Bearer ${bearer}`, { mode: 0o600 })
      const curl = () => runProgram('curl', ['-fsS', '-H', `@${header}`, `${server.origin}/metrics`])
      await until('the first report', FIRST_REPORT_MS, async () =>
        /^rounds_machine_up\{.*\} 1$/m.test((await curl()).stdout),
      )
      const text = (await curl()).stdout
      const checked = await runProgram('promtool', ['check', 'metrics'], { input: text, timeoutMs: 20_000 })
      log(`${text.length} bytes, promtool: exit ${checked.code} ${checked.stdout}${checked.stderr}`)
      strictEqual(`${checked.stdout}${checked.stderr}`, '')
      strictEqual(checked.code, 0)
      await scrape(server, bearer, context)
    } finally {
      await server.stop()
    }
  },
}
