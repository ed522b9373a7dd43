/**
 * What the Windows Update Agent found missing: the answer of our own question, JSON of any script that prints `IUpdate`, and a list of
 * titles. Pure. Only ResultCode 2 is an answer. Nothing is compared by KB number: the agent itself knows what replaces what.
 */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Contribution, Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { linesOf } from './lines.ts'
import { updatesOf, type Waiting } from './waiting.ts'
import { kbOf, kindOfTitle, kindOfUpdate, lineOfUpdate, type WindowsKind } from './windows-category.ts'

const ID = 'patch/windows-updates'
/** HRESULTs of a search that cannot be made here: no network to the server, blocked by policy, service disabled. */
const UNREACHABLE =
  /0x8024402c|0x80072ee2|0x80072ee7|0x8024401c|0x80240438|0x8024001e|0x80070422|-2145107924|-2147012894|-2145107940/i

/** @param records of the block `windows-updates`. Errors: `empty`, `exit` (the search did not succeed), `parse`. */
export function judgeWindowsUpdates(records: readonly WindowsRecord[]): Result<Contribution<'patch'>, Failure> {
  const heading = records.find((record) => record.has('ResultCode') && !record.has('Title'))
  const code = heading?.number('ResultCode') ?? null
  const updates = records.flatMap((record) => (record.has('Title') ? [record] : [...record.records('Updates')]))
  if (heading !== undefined && code !== 2)
    return err({ code: 'exit', detail: `the search of Windows Update ended with result ${code ?? 'none'}` })
  const count = heading?.count('Count') ?? null
  if (count !== null && count !== updates.length && updates.length < 500)
    return err({ code: 'parse', detail: `Windows Update found ${count} updates, and ${updates.length} are listed` })
  if (heading === undefined && updates.length === 0)
    return err({ code: 'empty', detail: 'neither updates nor the result of a search' })
  if (updates.some((update) => update.text('Title') === null))
    return err({ code: 'parse', detail: 'an update without its title' })
  return ok(contributionOf(updates.filter((update) => update.flag('IsInstalled') !== true)))
}

function contributionOf(updates: readonly WindowsRecord[]): Contribution<'patch'> {
  const all = updates.map((update) => ({
    update,
    kind: kindOfUpdate(update),
    isHidden: update.flag('IsHidden') === true,
  }))
  const security = all.filter(({ kind, isHidden }) => kind === 'security' && !isHidden).map(({ update }) => update)
  const times = security.flatMap((update) => update.instant('LastDeploymentChangeTime') ?? [])
  const hidden = all.filter(({ kind, isHidden }) => isHidden && kind !== 'definition')
  const part = partOf(
    all
      .filter(({ isHidden }) => !isHidden)
      .map(({ update, kind }) => ({ title: update.text('Title', 512) ?? '', kb: update.text('KBArticleIDs'), kind })),
    {
      held: hidden.length,
      heldSecurity: hidden.filter(({ kind }) => kind === 'security').length,
    },
  )
  return {
    parts: { manager: read(ID, { name: 'windows-update' }), updates: part },
    samples: times.length === 0 ? {} : { 'security:oldestAt': Math.min(...times) },
  }
}

type Titled = { readonly title: string; readonly kb: string | null; readonly kind: WindowsKind }

/** Definitions are left out; while some update is unclear, no security update is only said when one is known. */
function partOf(
  titled: readonly Titled[],
  { titles, ...holds }: { readonly held: number; readonly heldSecurity: number; readonly titles?: boolean },
): PatchSection['updates'] {
  const security = titled.filter(({ kind }) => kind === 'security').map(waitingOf)
  const others = titled.filter(({ kind }) => kind === 'other' || kind === 'unclear')
  const isUnclear = security.length === 0 && (others.some(({ kind }) => kind === 'unclear') || titles === true)
  const part = updatesOf({ security: isUnclear ? null : security, other: others.length, ...holds })
  return read(ID, isUnclear ? part : { ...part, security: security.length })
}

function waitingOf({ title, kb }: Titled): Waiting {
  const number = kbOf(title) ?? (kb === null ? null : (/\d{6,8}/.exec(kb)?.[0] ?? null))
  return { name: lineOfUpdate(title), version: number === null || number.startsWith('KB') ? number : `KB${number}` }
}

/** Titles with `[date]` behind, one a line; dates in the manner of a country are not read. */
function parseTitles(text: string): Result<Contribution<'patch'>, Failure> {
  const split = linesOf(text)
  if (!split.ok) return split
  const lines = split.value.filter((line) => line.trim() !== '')
  if (/[{}]|"[:,]/.test(text)) return err({ code: 'parse', detail: 'a part of a document' })
  const strange = lines.find(
    (line) => line.length > 1_000 || (kbOf(line) === null && !/\[[^\]]{6,40}\]\s*$/.test(line)),
  )
  if (strange !== undefined)
    return err({ code: 'parse', detail: `not a list of updates: ${strange.trim().slice(0, 120)}` })
  // A title proves security, never its absence.
  const kindOf = (title: string): WindowsKind => {
    const kind = kindOfTitle(title)
    return kind === 'other' ? 'unclear' : kind
  }
  const titled = lines.map((line) => ({ title: line.trim(), kb: null, kind: kindOf(line.trim()) }))
  return ok({
    parts: {
      manager: read(ID, { name: 'windows-update' }),
      updates: partOf(titled, { held: 0, heldSecurity: 0, titles: true }),
    },
    samples: {},
  })
}

/** Errors: those of the script (`access-denied`, `disabled`…), `exit`, `empty`, `parse`. */
export const windowsUpdatesSource: Source<'patch'> = {
  id: ID,
  check: 'patch',
  parse: ({ stdout, stderr, exitCode }) => {
    const text = decode(stdout).trim()
    const unreachable = UNREACHABLE.exec(`${text.slice(0, 4_096)}\n${stderr}`)
    if (exitCode !== 0 || (text === '' && unreachable !== null))
      return err({ code: 'exit', detail: `the search ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
    if (!/^[[{"]/.test(text) && !/^\w{1,40}[ \t]{0,80}[:=]/.test(text))
      return text === '' ? err({ code: 'empty', detail: 'no output' }) : parseTitles(text)
    const records = readWindowsRecords(stdout, 'windows-updates')
    return records.ok ? judgeWindowsUpdates(records.value) : records
  },
}
