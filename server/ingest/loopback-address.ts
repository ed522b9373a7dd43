/** Whether a peer's address is this very machine. Pure. */

/** @param address as `socket.remoteAddress` gives it; IPv4 may come mapped into IPv6. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)
}
