/** The live socket: says which machines changed, and whether this page still hears the truth. */
import { signal } from '@preact/signals'
import type { LiveMessage } from '../../../shared/api/views.ts'

/** `lost` after five seconds without the server (ui.md 7). */
export const link = signal<{ readonly state: 'live' | 'lost'; readonly since: number }>({
  state: 'live',
  since: Date.now(),
})
/** Counts up with each change; `machines` are the ids that changed. */
export const changed = signal<{ readonly seq: number; readonly machines: readonly string[] }>({ seq: 0, machines: [] })

/** When the next try to connect is due, browser's clock; null: connected, or trying now. */
export const nextTryAt = signal<number | null>(null)

const LOST_AFTER_MS = 5_000
/** The server ticks every 15 s; silence of twice that means a half-open connection. */
const SILENT_AFTER_MS = 35_000
const LONGEST_WAIT_MS = 15_000

let socket: WebSocket | null = null
let attempt = 0
let heardAt = Date.now()
let triedAt = 0
let lostTimer: ReturnType<typeof setTimeout> | undefined
let retryTimer: ReturnType<typeof setTimeout> | undefined

/** Connects and stays connected until `disconnect`. */
export function connect(): void {
  clearTimeout(retryTimer)
  nextTryAt.value = null
  triedAt = Date.now()
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const opened = new WebSocket(`${scheme}//${location.host}/api/v1/live`)
  socket = opened
  opened.onmessage = (event) => {
    if (socket === opened) hear(JSON.parse(String(event.data)) as LiveMessage)
  }
  opened.onclose = () => {
    if (socket === opened) retry()
  }
}

/** Does not wait for the next try: the reader asked, or the machine woke up. Nothing while one is under way. */
export function tryNow(): void {
  if (nextTryAt.value !== null) connect()
}

/** Ends the connection for good (signed out). */
export function disconnect(): void {
  clearTimeout(retryTimer)
  clearTimeout(lostTimer)
  lostTimer = undefined
  nextTryAt.value = null
  const closing = socket
  socket = null
  closing?.close()
}

function hear(message: LiveMessage): void {
  heardAt = Date.now()
  attempt = 0
  clearTimeout(lostTimer)
  lostTimer = undefined
  const wasLost = link.value.state === 'lost'
  if (wasLost) link.value = { state: 'live', since: heardAt }
  if (message.t === 'changed') changed.value = { seq: changed.value.seq + 1, machines: message.machines }
  // After a gap the page asks for everything it shows: changes may have been missed.
  if (message.t === 'hello' && (wasLost || changed.value.seq > 0))
    changed.value = { seq: changed.value.seq + 1, machines: [] }
}

function lose(): void {
  if (link.value.state === 'live') link.value = { state: 'lost', since: heardAt }
}

function retry(): void {
  socket = null
  lostTimer ??= setTimeout(lose, LOST_AFTER_MS)
  attempt += 1
  const waitMs = Math.random() * Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt)
  nextTryAt.value = Date.now() + waitMs
  retryTimer = setTimeout(connect, waitMs)
}

/** A half-open connection may take minutes to close: it is left behind, and what it says later is not heard. */
function giveUpSilent(): void {
  if (socket === null || Date.now() - Math.max(heardAt, triedAt) <= SILENT_AFTER_MS) return
  const silent = socket
  lose()
  retry()
  silent.close()
}

setInterval(giveUpSilent, 5_000)
