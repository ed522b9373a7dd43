/** One question to a local Unix socket, one answer. I/O. */
import { createConnection } from 'node:net'
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { ioFailure } from './io-failure.ts'

/**
 * Sends `request` and collects the answer until the other side closes or `maxBytes` are there.
 * Errors: `empty` (no socket, nobody listens), `access-denied`, `timeout`.
 */
export function askSocket(
  path: string,
  request: Uint8Array,
  limits: { readonly maxBytes: number; readonly timeoutMs: number },
): Promise<Result<Uint8Array, Failure>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let total = 0
    const socket = createConnection({ path })
    const finish = (result: Result<Uint8Array, Failure>) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(
      () => finish(err({ code: 'timeout', detail: `${path} did not answer within ${limits.timeoutMs} ms` })),
      limits.timeoutMs,
    )
    const whole = () => ok(Buffer.concat(chunks).subarray(0, limits.maxBytes))
    socket.on('connect', () => socket.write(request))
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      total += chunk.length
      if (total >= limits.maxBytes) finish(whole())
    })
    socket.on('end', () => finish(whole()))
    socket.on('error', (cause) => finish(err(ioFailure(path, cause))))
  })
}
