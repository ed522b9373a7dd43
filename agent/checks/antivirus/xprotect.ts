/**
 * XProtect, the protection inside macOS: `Info.plist` of its bundle (version), `xprotect version` (macOS 15 and later: version and day),
 * `InstallHistory.plist` and `system_profiler -json SPInstallHistoryDataType` (day on which its data last came). Pure.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { parsePlist } from '../macos/plist.ts'
import { firstLine } from '../parts.ts'
import { productOf } from './product-status.ts'

/** Id of XProtect in the section. */
export const XPROTECT = 'xprotect'
/** Name of its data among the receipts. */
const RECEIPT = 'XProtectPlistConfigData'
const MAX_RECEIPTS = 20_000

/** null: this source does not tell it. */
export type XprotectFacts = { readonly version: string | null; readonly signaturesAt: EpochMs | null }

/** Errors: `exit`, `empty`, `parse` (also a history without a receipt of XProtect). */
export function parseXprotect(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
  now: EpochMs,
): Result<XprotectFacts, Failure> {
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `xprotect ended with ${exitCode ?? 'a signal'}: ${firstLine(stderr)}` })
  const text = decode(bytes)
  if (text.trim() === '') return err({ code: 'empty', detail: 'XProtect told nothing' })
  const isPlist = text.startsWith('bplist') || /^\s{0,64}<(?:\?xml|!DOCTYPE|plist)/.test(text)
  if (isPlist) return ofPlist(bytes, now)
  if (!text.trimStart().startsWith('{')) return ofTool(text, now)
  const json = parseJson(text)
  return json.ok ? ofReceipts(json.value.list('SPInstallHistoryDataType', MAX_RECEIPTS), now) : json
}

/** `Version: 5284 Installed: 2024-12-18 18:42:03 +0000`, on one line or two. */
function ofTool(text: string, now: EpochMs): Result<XprotectFacts, Failure> {
  // The version of macOS (`15.2`) in a history of installations is none of XProtect.
  const version = /^\s{0,8}Version: ?(\d{1,10})(?=\s|$)/i.exec(text)?.[1] ?? null
  if (version === null) return err({ code: 'parse', detail: `xprotect version: ${firstLine(text)}` })
  const installed = /\bInstalled: ?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d):?(\d\d)/i.exec(text)
  const at =
    installed === null ? Number.NaN : Date.parse(`${installed[1]}T${installed[2]}${installed[3]}:${installed[4]}`)
  return ok({ version, signaturesAt: plausible(at, now) })
}

function ofPlist(bytes: Uint8Array, now: EpochMs): Result<XprotectFacts, Failure> {
  const plist = parsePlist(bytes)
  if (!plist.ok) return plist
  const receipts = Array.isArray(plist.value.value)
    ? plist.value.list('', MAX_RECEIPTS)
    : plist.value.list('_items', MAX_RECEIPTS)
  if (receipts.length > 0) return ofReceipts(receipts, now)
  const version = plist.value.text('CFBundleShortVersionString', 64)
  const isOurs = plist.value.text('CFBundleIdentifier')?.toLowerCase().includes('xprotect') !== false
  if (version === null || !isOurs) return err({ code: 'parse', detail: 'not the Info.plist of XProtect' })
  return ok({ version, signaturesAt: null })
}

/** The newest receipt. A history without one tells nothing about XProtect, least of all that it is current. */
function ofReceipts(receipts: readonly Peek[], now: EpochMs): Result<XprotectFacts, Failure> {
  let newest: { at: EpochMs; version: string | null } | null = null
  for (const receipt of receipts) {
    if ((receipt.text('displayName') ?? receipt.text('_name')) !== RECEIPT) continue
    const at = plausible(instantOf(receipt), now)
    if (at !== null && at > (newest?.at ?? 0))
      newest = { at, version: receipt.text('displayVersion', 64) ?? receipt.text('install_version', 64) }
  }
  if (newest === null) return err({ code: 'parse', detail: 'the history of installations names no data of XProtect' })
  return ok({ version: newest.version, signaturesAt: newest.at })
}

function instantOf(receipt: Peek): number {
  return Date.parse(receipt.text('date') ?? receipt.text('install_date') ?? '')
}

function plausible(at: number, now: EpochMs): EpochMs | null {
  return Number.isFinite(at) && at > Date.UTC(2009, 0, 1) && at <= now + DAY_MS ? at : null
}

/** Errors as `parseXprotect`. */
export const xprotectSource: Source<'antivirus'> = {
  id: 'antivirus/xprotect',
  check: 'antivirus',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const told = parseXprotect(stdout, stderr, exitCode, now)
    if (!told.ok) return told
    const { version, signaturesAt } = told.value
    return ok({
      parts: {
        products: read('antivirus/xprotect', [
          productOf(XPROTECT, { running: null, realTime: null, engineVersion: version }),
        ]),
      },
      samples: { [`product:${XPROTECT}:signaturesAt`]: signaturesAt },
    })
  },
}
