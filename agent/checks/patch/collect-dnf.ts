/** What waits on machines with dnf 4, dnf 5 or yum, from their caches. I/O through the probe; nothing is refreshed or installed. */
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { readRpmRepositories } from './collect-caches.ts'
import { parseCheckUpdate } from './dnf-check-update.ts'
import { isUnregistered } from './dnf-noise.ts'
import { dnfTogether } from './dnf-together.ts'
import { parseUpdateinfo } from './dnf-updateinfo.ts'

const OPTIONS = { timeoutMs: 2 * MINUTE_MS, maxBytes: 4 * 1024 * 1024 } as const

/** One or two children, more for dnf 5 to be told from dnf 4; `-C`: from the cache alone, no network. */
export async function collectDnf({ probe }: CollectContext, program: 'dnf' | 'yum'): Promise<Contribution<'patch'>> {
  const manager = read('patch/dnf-check-update', { name: program })
  const run = await probe.exec(program, ['-C', '-q', 'check-update'], OPTIONS)
  if (!run.ok) return { parts: { manager, updates: failed('patch/dnf-check-update', run.error) }, samples: {} }
  const waiting = parseCheckUpdate(run.value)
  if (!waiting.ok) return { parts: { manager, updates: failed('patch/dnf-check-update', waiting.error) }, samples: {} }
  const repositories = await readRpmRepositories(probe)
  if (waiting.value.length === 0 && repositories.length === 0 && program === 'dnf') {
    const detail = 'no repository has been fetched, so nothing can be said about updates'
    return { parts: { manager, updates: failed('patch/dnf-check-update', { code: 'empty', detail }) }, samples: {} }
  }
  const listed = await probe.exec(program, await listArguments(probe, program), OPTIONS)
  const advisories = listed.ok ? parseUpdateinfo(listed.value) : listed
  const said = listed.ok ? `${listed.value.stderr}\n${run.value.stderr}` : run.value.stderr
  const { updates, oldestAt } = dnfTogether(waiting.value, advisories, {
    withAdvisories: repositories.filter((one) => one.hasAdvisories).map(({ id }) => id),
    isRegistered: !isUnregistered(decode(run.value.stdout), said),
  })
  const source = advisories.ok ? 'patch/dnf-updateinfo' : 'patch/dnf-check-update'
  const samples = oldestAt === null ? {} : { 'security:oldestAt': oldestAt }
  return { parts: { manager, updates: read(source, updates) }, samples }
}

/** In dnf 5 `security` would be the name of an advisory: it is asked with an option. */
async function listArguments(probe: CollectContext['probe'], program: 'dnf' | 'yum'): Promise<readonly string[]> {
  const version = program === 'dnf' ? await probe.exec('dnf', ['--version']) : null
  const isFive = version?.ok === true && /^dnf5 version/m.test(decode(version.value.stdout))
  return isFive
    ? ['-C', '-q', 'advisory', 'list', '--security', '--available']
    : ['-C', '-q', 'updateinfo', 'list', 'security']
}
