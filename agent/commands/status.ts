/** `agent status`: is it running, connected, and when did it last deliver. Reads `shown/`, which every user of the machine may. */

import { statSync } from 'node:fs'
import { encodeJson } from '../../shared/encode-json.ts'
import type { DataFolder } from '../data-folder.ts'
import { readShownStatus, type ShownStatus } from '../shown-files.ts'
import { type Command, failedWith, misused, readOptions } from './command.ts'
import { findShownFolder } from './local-setup.ts'
import { printable, printTime } from './printable.ts'

/** Exit 1: not enrolled, not running, or not connected. */
export const status: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' } })
  if (!options.ok) return misused(io, options.error)
  const folder = findShownFolder(io)
  const shown = readShownStatus(folder)
  if (shown === null) {
    if (options.value.values.json === true) io.out(`${encodeJson({ running: false, enrolled: false })}\n`)
    return failedWith(
      io,
      `No agent has run on ${folder.root} yet. Enroll this machine: agent enroll CODE, then: agent run`,
    )
  }
  const isRunning = isAlive(shown, folder)
  const isConnected = isRunning && shown.link?.state === 'connected'
  if (options.value.values.json === true)
    io.out(`${encodeJson({ running: isRunning, connected: isConnected, ...shown })}\n`)
  else io.out(describe(shown, isRunning))
  return isConnected ? 0 : 1
}

/** The process of the status file is there. Another user may not signal it (EPERM), which is also an answer. */
function isAlive({ pid, link }: ShownStatus, folder: DataFolder): boolean {
  if (link?.state === 'stopped' || statSync(folder.lock, { throwIfNoEntry: false }) === undefined) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function describe(shown: ShownStatus, isRunning: boolean): string {
  const { link, spool } = shown
  const waiting = spool.lastQ - spool.ackedQ
  const lines = [
    `Agent         ${isRunning ? `running since ${printTime(shown.startedAt)} (process ${shown.pid}, version ${shown.version})` : 'not running'}`,
    `Server        ${printable(shown.server)}`,
    `Fingerprint   ${shown.fingerprint}`,
    `Enrolled      ${printTime(shown.enrolledAt)}`,
    `Connection    ${isRunning && link !== null ? describeLink(link) : 'none'}`,
    `Last sent     ${printTime(shown.lastSentAt)}`,
    `Waiting       ${waiting === 0 ? 'nothing' : `${waiting} records on disk`}`,
  ]
  if (spool.low) lines.push('Disk          nearly full: only the latest state is kept')
  for (const [check, at] of Object.entries(shown.checks))
    lines.push(`${check.padEnd(13)} ${at === null ? 'not collected yet' : `collected ${printTime(at)}`}`)
  return `${lines.join('\n')}\n`
}

function describeLink(link: NonNullable<ShownStatus['link']>): string {
  if (link.reason !== null) return `waiting until ${printTime(link.reason.retryAt)}. ${link.reason.sentence}`
  if (link.state !== 'connected') return link.state
  const clock =
    link.skewMs !== null && Math.abs(link.skewMs) > 300_000 ? '; the clocks differ by more than 5 minutes' : ''
  return `connected since ${printTime(link.since)}${link.quarantined ? ', waiting for approval by an operator' : ''}${clock}`
}
