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

const LOST_AFTER_MS = 5_000
/** The server ticks every 15 s; silence of twice that means a half-open connection. */
const SILENT_AFTER_MS = 35_000

let socket: WebSocket | null = null
let attempt = 0
let heardAt = Date.now()
let lostTimer: ReturnType<typeof setTimeout> | undefined
let retryTimer: ReturnType<typeof setTimeout> | undefined

/** Connects and stays connected until `disconnect`. */
export function connect(): void {
  clearTimeout(retryTimer)
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const opened = new WebSocket(`${scheme}//${location.host}/api/v1/live`)
  socket = opened
  opened.onmessage = (event) => hear(JSON.parse(String(event.data)) as LiveMessage)
  opened.onclose = () => {
    if (socket === opened) retry()
  }
}

/** Ends the connection for good (signed out). */
export function disconnect(): void {
  clearTimeout(retryTimer)
  clearTimeout(lostTimer)
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

function retry(): void {
  socket = null
  lostTimer ??= setTimeout(() => {
    link.value = { state: 'lost', since: heardAt }
  }, LOST_AFTER_MS)
  attempt += 1
  retryTimer = setTimeout(connect, Math.random() * Math.min(15_000, 500 * 2 ** attempt))
}

setInterval(() => {
  if (socket && Date.now() - heardAt > SILENT_AFTER_MS) socket.close()
}, 5_000)
