/** /proc/net/tcp and tcp6 → what listens, and whether beyond this machine. Pure. */

/** A listening TCP socket. `loopback`: reached from this machine only. */
export type Listener = { readonly port: number; readonly loopback: boolean }

/** State 0A is LISTEN. */
const ROW = /^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /

/** Addresses are stored in the byte order of the machine, four bytes at a time (little-endian on all that the agent runs on). */
export function parseListeners(text: string): readonly Listener[] {
  return text.split('\n').flatMap((line) => {
    const [, address, port] = ROW.exec(line) ?? []
    if (address === undefined || port === undefined) return []
    return [{ port: Number.parseInt(port, 16), loopback: isLoopback(address) }]
  })
}

/** 127.0.0.0/8 is `......7F`; ::1 ends in `01000000`; ::ffff:127.x is the IPv4 form in the last four bytes. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F')
  const mapped = address.startsWith(`${'0'.repeat(16)}FFFF0000`) && address.endsWith('7F')
  return mapped || address === `${'0'.repeat(24)}01000000`
}
