/** Says no to a WebSocket upgrade in plain HTTP, then closes: the answer tells nothing that the status does not. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Writes the status and destroys the socket. */
export function refuseUpgrade(socket: Duplex, status: 401 | 403 | 404 | 429 | 503): void {
  if (socket.destroyed) return
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () =>
    socket.destroy(),
  )
}
