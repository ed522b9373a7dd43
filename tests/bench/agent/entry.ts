/** The agent's own entry, with one line for every child that it starts: Node itself says so, nothing of the agent is changed. I/O. */
import { subscribe } from 'node:diagnostics_channel'
import fs from 'node:fs'
import { runCli } from '../../../agent/commands/index.ts'
import { endProcess, processIo } from '../../../agent/commands/process-io.ts'

const CHILDREN = process.env['ROUNDS_BENCH_CHILDREN']
if (CHILDREN !== undefined) subscribe('child_process', () => fs.appendFileSync(CHILDREN, `${Date.now()}\n`))
endProcess(await runCli(process.argv.slice(2), processIo()))
