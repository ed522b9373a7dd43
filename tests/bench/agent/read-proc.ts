/** What Linux says of a process and of all its children: memory, processor time, wake-ups. Reads /proc. */
import fs from 'node:fs'

/** Bytes. `privateAnonymous`: what nothing else could give back, swap included. */
export type Memory = { readonly pss: number; readonly privateAnonymous: number }
/** Since the process began, its ended children included. */
export type Work = { readonly cpuSeconds: number; readonly wakeUps: number }

/** sysconf(_SC_CLK_TCK) of every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    // A process that has just ended.
    return ''
  }
}

/** The process and everything below it, as they are now. */
export function treeOf(pid: number): readonly number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`)
    .trim()
    .split(' ')
    .filter((one) => one !== '')
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))]
}

/** Memory of the whole tree. */
export function memoryOf(pid: number): Memory {
  const sums = treeOf(pid).map((one) => {
    const text = read(`/proc/${one}/smaps_rollup`)
    const kib = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
    return { pss: kib('Pss') * 1024, privateAnonymous: kib('Pss_Anon') * 1024 }
  })
  const sum = (pick: (one: Memory) => number) => sums.reduce((total, one) => total + pick(one), 0)
  return { pss: sum(({ pss }) => pss), privateAnonymous: sum(({ privateAnonymous }) => privateAnonymous) }
}

/** Processor time with that of ended children, and voluntary switches of every thread. */
export function workOf(pid: number): Work {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number)
  const ticks = [11, 12, 13, 14].reduce((total, at) => total + (fields[at] ?? 0), 0)
  const threads = fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : []
  const wakeUps = threads.reduce((total, thread) => {
    const status = read(`/proc/${pid}/task/${thread}/status`)
    return total + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  }, 0)
  return { cpuSeconds: ticks / TICKS_PER_SECOND, wakeUps }
}
