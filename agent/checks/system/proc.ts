/** Parses the figures of /proc: memory, processor time, load, uptime, boot. Pure and total; null: not told. */

/** Bytes of one line of /proc/meminfo (`MemTotal:  16315436 kB`). */
export function parseMeminfo(text: string, key: string): number | null {
  const found = new RegExp(`^${key}: {1,20}(\\d{1,13}) kB$`, 'm').exec(text)
  return found === null ? null : Number(found[1]) * 1024
}

/** Ticks since boot, all processors together. */
export type CpuTicks = { readonly busy: number; readonly total: number }

/** First line of /proc/stat. Guest time is already part of user time; waiting for a disk is not work. */
export function parseCpuTicks(text: string): CpuTicks | null {
  const line = /^cpu {1,4}([\d ]{7,400})$/m.exec(text)?.[1]
  const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = (line ?? '').split(' ').map(Number)
  if (user === undefined || nice === undefined || system === undefined || idle === undefined) return null
  const busy = user + nice + system + irq + softirq + steal
  return { busy, total: busy + idle + iowait }
}

/** Share of time at work between two readings, 0–1000; null: no time passed, or the counters went back. */
export function busyPermille(before: CpuTicks, after: CpuTicks): number | null {
  const total = after.total - before.total
  const busy = after.busy - before.busy
  return total > 0 && busy >= 0 && busy <= total ? Math.round((busy * 1_000) / total) : null
}

/** Load average of one minute, × 100 (/proc/loadavg). */
export function parseLoadCenti(text: string): number | null {
  const found = /^(\d{1,6})\.(\d{2}) /.exec(text)
  return found === null ? null : Number(found[1]) * 100 + Number(found[2])
}

/** Whole seconds since boot (/proc/uptime). */
export function parseUptimeSeconds(text: string): number | null {
  const found = /^(\d{1,11})\.\d+ /.exec(text)
  return found === null ? null : Number(found[1])
}

/** Boot instant in epoch ms, from `btime` of /proc/stat (seconds). */
export function parseBootedAt(text: string): number | null {
  const found = /^btime (\d{1,12})$/m.exec(text)
  return found === null || Number(found[1]) === 0 ? null : Number(found[1]) * 1_000
}
