#!/usr/bin/env node
// The agent's command line: hands the words to the registry of commands and ends with their exit code.
import { runCli } from './commands/index.ts'
import { endProcess, processIo } from './commands/process-io.ts'

endProcess(await runCli(process.argv.slice(2), processIo()))
