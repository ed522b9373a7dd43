/**
 * Child of the agent, once a day: asks systeminformation 5 for static facts and prints them as one JSON document. It starts
 * shells and may be slow, which is why it never runs inside the resident agent (collectors.md 6). I/O; judges nothing.
 */
import { bios, chassis, cpu, memLayout, system } from 'systeminformation'

/** A function that fails leaves its facts untold; the others still count. */
async function told<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch {
    return null
  }
}

// One after the other: together they would start a dozen shells at once.
const inventory = {
  system: await told(() => system()),
  bios: await told(() => bios()),
  chassis: await told(() => chassis()),
  cpu: await told(() => cpu()),
  memLayout: await told(() => memLayout()),
}
process.stdout.write(JSON.stringify(inventory))
