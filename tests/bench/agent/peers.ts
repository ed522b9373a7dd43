/** Other people's agents in the same run, in use: prometheus-node-exporter scraped every 15 s, zabbix-agent2 asked 20 keys a minute. I/O. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryOf, workOf } from './read-proc.ts'

/** One of them, running and in use. */
export type Peer = {
  readonly name: string
  readonly pid: number
  readonly stop: () => void
}

const SCRAPE_MS = 15_000
const ASK_MS = 3_000
const KEYS = [
  'agent.ping',
  'system.cpu.load',
  'vm.memory.size[available]',
  'vfs.fs.size[/,free]',
  'system.uptime',
  'proc.num',
]

function started(name: string, child: ChildProcess, use: () => void, everyMs: number): Peer | null {
  if (child.pid === undefined) return null
  const timer = setInterval(use, everyMs)
  return {
    name,
    pid: child.pid,
    stop: () => {
      clearInterval(timer)
      child.kill('SIGKILL')
    },
  }
}

/** A program that is not installed is no peer: null. */
function launch(file: string, args: readonly string[]): ChildProcess | null {
  return fs.existsSync(file) ? spawn(file, args, { stdio: 'ignore' }) : null
}

function nodeExporter(port: number): Peer | null {
  const child = launch('/usr/bin/prometheus-node-exporter', [`--web.listen-address=127.0.0.1:${port}`])
  const scrape = () =>
    void fetch(`http://127.0.0.1:${port}/metrics`)
      .then((answer) => answer.text())
      .catch(() => {})
  return child === null ? null : started('node-exporter', child, scrape, SCRAPE_MS)
}

/** Zabbix's own framing: `ZBXD`, flags 1, length in 8 bytes little-endian (protocol of agent 2, 6.0). */
function askZabbix(port: number, key: string): void {
  const head = Buffer.alloc(13)
  head.write('ZBXD\x01', 'latin1')
  head.writeUInt32LE(key.length, 5)
  const socket = net.connect(port, '127.0.0.1', () => socket.write(Buffer.concat([head, Buffer.from(key)])))
  socket.on('error', () => {})
  socket.setTimeout(2_000, () => socket.destroy())
  socket.resume()
}

function zabbix(folder: string, port: number): Peer | null {
  const file = path.join(folder, 'zabbix.conf')
  fs.writeFileSync(
    file,
    `Server=127.0.0.1\nListenPort=${port}\nListenIP=127.0.0.1\nLogType=console\nControlSocket=${folder}/z.sock\n`,
  )
  const child = launch('/usr/sbin/zabbix_agent2', ['-f', '-c', file])
  let turn = 0
  const ask = () => askZabbix(port, KEYS[turn++ % KEYS.length] ?? 'agent.ping')
  return child === null ? null : started('zabbix-agent2', child, ask, ASK_MS)
}

/** Those that this machine has. */
export async function startPeers(folder: string): Promise<readonly Peer[]> {
  const peers = [nodeExporter(19_100), zabbix(folder, 19_050)].filter((peer) => peer !== null)
  await sleep(2_000)
  return peers.filter(({ pid }) => workOf(pid).wakeUps > 0)
}

/** Memory now, and processor seconds an hour since `before`. */
export function measurePeer(
  { pid }: Peer,
  before: number,
  hours: number,
): { readonly pss: number; readonly cpu: number } {
  return { pss: memoryOf(pid).pss, cpu: (workOf(pid).cpuSeconds - before) / hours }
}
