/**
 * Free ports on the loopback interface. Not pure. Prefer listening on port 0 and asking for the port; this is for
 * programs that must be told a port before they start.
 */
import net from 'node:net'

/** A TCP port of 127.0.0.1 that was free a moment ago. The system hands out each in turn, so a clash is improbable. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given by the system')
  return address.port
}
