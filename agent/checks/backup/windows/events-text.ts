/** Events as `wevtutil qe LOG /f:text` prints them: English labels, levels in words of the system's language. Pure. */
import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { windowsInstant } from '../../windows/instant.ts'
import { levelOfWord, type WindowsEvent } from './events.ts'

const MAX_EVENTS = 5_000

/** Errors: `parse` when an event lacks its number. A date without a zone is not told: it is local time. */
export function readEventText(text: string): Result<readonly WindowsEvent[], Failure> {
  const pieces = text.split(/^Event\[\d{1,9}\]:?[ \t]*$/m).slice(1)
  if (pieces.length > MAX_EVENTS) return err({ code: 'parse', detail: 'more events than were asked for' })
  const events: WindowsEvent[] = []
  for (const piece of pieces) {
    const event = eventOf(piece)
    if (event === null) return err({ code: 'parse', detail: 'an event without its number' })
    events.push(event)
  }
  // wevtutil prints the oldest first; whoever sorts takes what has no time for newest first.
  return ok(events.toReversed())
}

function eventOf(piece: string): WindowsEvent | null {
  const fields = new Map<string, string>()
  let message: string | null = null
  for (const line of piece.split('\n')) {
    if (message !== null) {
      message = `${message} ${line.trim()}`.slice(0, 2_000)
      continue
    }
    const [, key, value = ''] = /^ {0,8}([A-Za-z][A-Za-z ]{1,30}):[ \t]?(.*)$/.exec(line) ?? []
    if (key === undefined) continue
    if (key === 'Description') message = value
    else fields.set(key.toLowerCase(), value.trim())
  }
  const id = /^\d{1,9}$/.exec(fields.get('event id') ?? '')?.[0]
  if (id === undefined) return null
  return {
    id: Number(id),
    level: levelOfWord(fields.get('level') ?? null),
    at: windowsInstant(fields.get('date') ?? null),
    recordId: null,
    provider: fields.get('source') ?? null,
    message: message === null || message.trim() === '' ? null : message.trim().toWellFormed(),
    value: () => null,
  }
}
