/** TLS in front of a plain server, as a proxy stands there, with the bytes that pass counted as they are inside. I/O. */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { runProgram } from '../../support/run-program.ts'

/** A front that listens. */
export type TlsFront = {
  readonly port: number
  readonly caFile: string
  /** Bytes from the agent so far, inside TLS. */
  readonly upBytes: () => number
  readonly close: () => void
}

async function openssl(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runProgram('openssl', args, { timeoutMs: 30_000 })
  if (code !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`)
}

/** A certificate for localhost that is its own authority. */
async function certificate(folder: string): Promise<{ readonly key: string; readonly cert: string }> {
  const key = path.join(folder, 'key.pem')
  const cert = path.join(folder, 'cert.pem')
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  await openssl('req', '-x509', ...curve, '-keyout', key, '-out', cert, ...subject)
  return { key, cert }
}

/** @param target port of the plain server on loopback; 0 until `aim` is called with it. */
export async function startTlsFront(folder: string): Promise<TlsFront & { readonly aim: (target: number) => void }> {
  const { key, cert } = await certificate(folder)
  let target = 0
  let up = 0
  const server = tls.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (outside) => {
    const inside = net.connect(target, '127.0.0.1')
    outside.on('data', (chunk: Buffer) => {
      up += chunk.length
      inside.write(chunk)
    })
    inside.pipe(outside)
    for (const socket of [outside, inside]) {
      socket.on('error', () => {})
      socket.on('close', () => {
        outside.destroy()
        inside.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    caFile: cert,
    upBytes: () => up,
    close: () => server.close(),
    aim: (to) => {
      target = to
    },
  }
}
