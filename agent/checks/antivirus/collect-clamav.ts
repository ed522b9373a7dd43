/** ClamAV: the headers of its databases, its daemon, its updater. I/O through the probe; a child only for the version of an engine without a daemon. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type EpochMs, HOUR_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import type { ProcessNames } from '../processes.ts'
import { CLAMD_CONFIGS, CLAMD_SOCKETS, type ClamavConfig, DATABASE_FOLDER, parseClamavConfig } from './clamav-config.ts'
import { type ClamavDatabase, parseClamavHeader } from './clamav-database.ts'
import { clamavProduct } from './clamav-product.ts'
import { endedOf, parseClamavVersion } from './clamav-version.ts'

const DAILY = ['daily.cld', 'daily.cvd', 'daily.cud'] as const
const CLAMD_PROGRAMS = ['/usr/sbin/clamd', '/usr/bin/clamd', '/usr/local/sbin/clamd'] as const
const ENGINE_EVERY_MS = 6 * HOUR_MS

/** @returns null when nothing of ClamAV is on this machine. */
export async function collectClamav(
  probe: Probe,
  now: EpochMs,
  names: ProcessNames,
  memo: Map<string, unknown>,
): Promise<{ readonly product: Product; readonly samples: SampleValues } | null> {
  const config = await readConfig(probe)
  const database = await readNewest(probe, now, config.databaseFolder ?? DATABASE_FOLDER)
  const hasDaemon = names.has('clamd') || (await existsAny(probe, CLAMD_PROGRAMS))
  if (!hasDaemon && database === null && !(await probe.has('clamscan'))) return null
  const daemon = await askDaemon(probe, config, now)
  const engine = daemon.engine ?? (await readEngine(probe, now, memo))
  const running = daemon.alive ? true : names.has('clamd') ? null : false
  return {
    product: clamavProduct({
      kind: hasDaemon ? 'antivirus' : 'scanner',
      running,
      realTime: names.has('clamonacc') ? true : null,
      engineVersion: engine,
      ...endedOf(engine),
      updaterRunning: await readUpdater(probe, names),
    }),
    samples: {
      'product:clamav:signaturesAt': database?.builtAt ?? null,
      'product:clamav:signatureVersion': database?.version ?? null,
    },
  }
}

async function readConfig(probe: Probe): Promise<ClamavConfig> {
  for (const path of CLAMD_CONFIGS) {
    const file = await probe.readFile(path, { maxBytes: 256 * 1024 })
    if (file.ok) return parseClamavConfig(decode(file.value))
  }
  const updater = await probe.readFile('/etc/clamav/freshclam.conf', { maxBytes: 256 * 1024 })
  return updater.ok ? parseClamavConfig(decode(updater.value)) : { localSocket: null, databaseFolder: null }
}

/** Several daily files may lie there (Cisco-Talos/clamav#845): the newer version is the one in use. */
async function readNewest(probe: Probe, now: EpochMs, folder: string): Promise<ClamavDatabase | null> {
  let newest: ClamavDatabase | null = null
  for (const name of DAILY) {
    const head = await probe.readFile(`${folder}/${name}`, { maxBytes: 512 })
    const database = head.ok ? parseClamavHeader(head.value, now) : head
    if (database.ok && database.value.version > (newest?.version ?? 0)) newest = database.value
  }
  return newest
}

async function existsAny(probe: Probe, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await probe.stat(path, { follow: true })).ok) return true
  return false
}

type Daemon = { readonly alive: boolean; readonly engine: string | null }

/** `zPING` and `zVERSION` with a NUL, each on a connection of its own (clamd(8)). */
async function askDaemon(probe: Probe, config: ClamavConfig, now: EpochMs): Promise<Daemon> {
  const sockets = config.localSocket === null ? CLAMD_SOCKETS : [config.localSocket]
  for (const socket of sockets) {
    const pong = await probe.ask(socket, new TextEncoder().encode('zPING\0'), { maxBytes: 64 })
    if (!pong.ok || decode(pong.value).trim() !== 'PONG') continue
    const answer = await probe.ask(socket, new TextEncoder().encode('zVERSION\0'), { maxBytes: 256 })
    const version = answer.ok ? parseClamavVersion(decode(answer.value), now) : answer
    return { alive: true, engine: version.ok ? version.value.engine : null }
  }
  return { alive: false, engine: null }
}

/** A child at most every 6 h: an engine changes with its package. */
async function readEngine(probe: Probe, now: EpochMs, memo: Map<string, unknown>): Promise<string | null> {
  const known = memo.get('clamscan')
  if (isRemembered(known) && now >= known.at && now - known.at < ENGINE_EVERY_MS) return known.engine
  const run = await probe.exec('clamscan', ['--version'])
  const version = run.ok ? parseClamavVersion(decode(run.value.stdout), now) : run
  const engine = version.ok ? version.value.engine : null
  memo.set('clamscan', { at: now, engine } satisfies RememberedEngine)
  return engine
}

type RememberedEngine = { readonly at: EpochMs; readonly engine: string | null }

function isRemembered(value: unknown): value is RememberedEngine {
  return typeof value === 'object' && value !== null && 'at' in value && 'engine' in value
}

/** freshclam as a daemon, or null where a timer or cron may start it now and then. */
async function readUpdater(probe: Probe, names: ProcessNames): Promise<boolean | null> {
  if (names.has('freshclam')) return true
  const schedules = [
    '/etc/systemd/system/timers.target.wants/clamav-freshclam-once.timer',
    '/etc/cron.d/clamav-freshclam',
    '/etc/cron.d/clamav-update',
    '/etc/cron.daily/freshclam',
  ]
  for (const path of schedules) if ((await probe.stat(path)).ok) return null
  return false
}
