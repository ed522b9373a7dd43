/** `agent show`: the last payload that left this machine, byte for byte, and what is collected, where it goes, since when. For everybody at the PC. */

import { encodeJson } from '../../shared/encode-json.ts'
import { formatDuration } from '../duration.ts'
import { readShownReport, readShownStatus, type ShownStatus } from '../shown-files.ts'
import { type Command, failedWith, misused, readOptions } from './command.ts'
import { findShownFolder } from './local-setup.ts'
import { printable, printTime } from './printable.ts'

/** The payload alone is on stdout; the explanation goes to stderr. Exit 1: nothing was sent yet. */
export const show: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' }, next: { type: 'boolean' } })
  if (!options.ok) return misused(io, options.error)
  const folder = findShownFolder(io)
  const isNext = options.value.values.next === true
  const payload = readShownReport(folder, isNext ? 'next' : 'last')
  const status = readShownStatus(folder)
  if (payload === null || status === null) {
    return failedWith(
      io,
      isNext ? 'Nothing was collected yet.' : `Nothing has left this machine yet (looked at ${folder.shown}).`,
    )
  }
  if (options.value.values.json === true) {
    const { server, fingerprint, enrolledAt, lastSentAt, tasks } = status
    io.out(`${encodeJson({ server, fingerprint, enrolledAt, lastSentAt, tasks, payload })}\n`)
    return 0
  }
  io.err(explain(status, isNext))
  io.out(payload)
  return 0
}

function explain(status: ShownStatus, isNext: boolean): string {
  const tasks = status.tasks.map(({ id, everyMs }) => `  ${id.padEnd(20)} every ${formatDuration(everyMs)}`)
  return [
    `This machine reports to ${printable(status.server)} since ${printTime(status.enrolledAt)}.`,
    `Fingerprint: ${status.fingerprint}`,
    'What is collected:',
    ...tasks,
    'No file contents, no names of documents, no keystrokes, no screen. The server can ask for no command and no file.',
    isNext
      ? 'The newest record, as it is sent:'
      : `The last message, exactly as sent at ${printTime(status.lastSentAt)}:`,
    '',
  ].join('\n')
}
