/** `rpm-ostree status --json` → a staged deployment waits for a restart; a cached update tells what waits. Pure. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson, peek } from '../json.ts'
import { firstLine } from '../parts.ts'
import { parseNevra } from './rpm-names.ts'
import { updatesOf, type Waiting } from './waiting.ts'

const ID = 'patch/rpm-ostree'
/** Kinds of advisories (libdnf, DnfAdvisoryKind). */
const SECURITY = 1

/** Errors: `exit`, `empty`, `parse` (no deployments, or none that is booted). */
export const rpmOstreeSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    if (exitCode !== 0)
      return err({ code: 'exit', detail: `rpm-ostree ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
    const document = parseJson(decode(stdout))
    if (!document.ok) return document
    const deployments = document.value.list('deployments', 64)
    const booted = deployments.findIndex((one) => one.flag('booted') === true)
    if (booted === -1) return err({ code: 'parse', detail: 'no deployment that is booted' })
    return ok({
      parts: {
        manager: read(ID, { name: 'rpm-ostree' }),
        reboot: rebootOf(deployments, booted),
        updates: updatesIn(document.value.at('cached-update')),
      },
      samples: {},
    })
  },
}

/** The first deployment is the one that the next start takes. */
function rebootOf(deployments: readonly Peek[], booted: number): PatchSection['reboot'] {
  const isStaged = deployments.some((one) => one.flag('staged') === true)
  const required = isStaged || booted > 0
  if (!required && deployments.some((one) => one.flag('booted') === null))
    return failed(ID, { code: 'parse', detail: 'a deployment does not say whether it is booted' })
  return read(ID, {
    required,
    reasons: required ? ['update' as const] : [],
    runningKernel: null,
    installedKernel: null,
  })
}

/** Without a cached update nobody has looked, or nothing was found: both print null. */
function updatesIn(cached: Peek): PatchSection['updates'] {
  if (cached.text('version') === null && cached.text('checksum') === null)
    return failed(ID, {
      code: 'empty',
      detail: 'no cached update: none waits, or nobody has looked (rpm-ostree upgrade --check)',
    })
  const security: Waiting[] = []
  const advisories = new Set<string>()
  for (const one of cached.list('advisories')) {
    const [id, kind, , packages] = Array.isArray(one.value) ? one.value : []
    if (kind !== SECURITY) continue
    advisories.add(String(id))
    for (const nevra of Array.isArray(packages) ? packages : []) {
      const found = parseNevra(String(nevra))
      if (found !== null) security.push(found)
    }
  }
  const upgraded = peek(cached.at('rpm-diff').value).list('upgraded')
  const others = new Set(upgraded.map((one) => String(Array.isArray(one.value) ? one.value[0] : one.value)))
  for (const { name } of security) others.delete(name)
  const known = cached.has('advisories') || upgraded.length === 0
  return read(
    ID,
    updatesOf({
      security: known && security.length > 0 ? security : null,
      other: Math.max(1, others.size),
      ...(advisories.size > 0 ? { advisories: advisories.size } : {}),
    }),
  )
}
