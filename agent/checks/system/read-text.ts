/** Reads short texts of the kernel through the probe. I/O through the probe only. */
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'

/** Whole text of a file; null: not there, not readable, or empty. */
export async function readText(probe: Probe, path: string, maxBytes = 64 * 1024): Promise<string | null> {
  const file = await probe.readFile(path, { maxBytes })
  const text = file.ok ? decode(file.value) : ''
  return text.trim() === '' ? null : text
}
