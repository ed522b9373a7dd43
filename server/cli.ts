#!/usr/bin/env node
// The server's command line: hands the words to the registry of commands and ends with their exit code.
import './node-guard.ts'
import { text } from 'node:stream/consumers'
import { askOf } from './commands/ask.ts'
import { runCli } from './commands/run-cli.ts'

const environment = process.env
const cwd = process.cwd()
// A reader that goes away (`… | head`) is no error of ours.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  environment,
  cwd,
  ask: askOf(environment, cwd),
})
