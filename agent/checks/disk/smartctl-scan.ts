/** Parses `smartctl --scan-open --json`, or the text of older versions: which drives there are and with which `-d`. Pure and total. */
import type { Drive } from '../../../shared/checks/disk.ts'
import { type Failure, failed, NEVER, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { driveKey } from './drive-identity.ts'

/** Source id; also the `source` of readings that only the scan could give. */
export const SMARTCTL_SCAN = 'disk/smartctl-scan'

/** A device that the scan named. `openError`: it could not be opened, and why. */
export type ScannedDevice = { readonly device: string; readonly type: string; readonly openError: string | null }

/** macOS names NVMe drives by their place in the registry, in about 150 characters (smartmontools 7.4, os_darwin.cpp). */
const MAX_PATH = 512
const TEXT_LINE = /^(# )?((?:\/dev\/|IOService:)\S{1,500}) -d (\S{1,60}) #(.*)$/

/**
 * Devices in the order told. Errors: `empty`, `parse`, and `exit` or `access-denied` when the scan itself failed:
 * an empty list means that it worked and found nothing.
 */
export function parseScan(
  input: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>,
): Result<readonly ScannedDevice[], Failure> {
  const text = decode(input.stdout)
  const json = parseJson(text)
  if (!json.ok) return json.error.code === 'empty' ? json : parseText(text)
  const root = json.value
  if (!root.has('smartctl')) return err({ code: 'parse', detail: 'JSON, but not of smartctl: no "smartctl" in it' })
  const messages = root.list('smartctl.messages', 32).flatMap((entry) => entry.text('string', 300) ?? [])
  const exitBits = (input.exitCode ?? 0) | (root.count('smartctl.exit_status') ?? 0)
  const devices = root.list('devices', 128).flatMap(deviceOf)
  // A scan that found nothing and failed is not "no drives".
  if (devices.length === 0 && (exitBits !== 0 || messages.length > 0)) {
    const detail = messages.join('; ') || `smartctl --scan-open exit ${exitBits}`
    return err({ code: /permission|not permitted/i.test(detail) ? 'access-denied' : 'exit', detail })
  }
  return ok(devices)
}

function deviceOf(entry: Peek): ScannedDevice[] {
  const device = entry.text('name', MAX_PATH)
  const type = entry.text('type', 64) ?? 'auto'
  // Both become arguments of the next call: a name that looks like an option is not passed on.
  if (device === null || device.startsWith('-') || !/^[\w][\w+,.:/-]*$/.test(type)) return []
  return [{ device, type, openError: entry.text('open_error', 300) }]
}

/** `/dev/sda -d sat # …`; a line that begins with `#` is a device that could not be opened, or a message. */
function parseText(text: string): Result<readonly ScannedDevice[], Failure> {
  const devices: ScannedDevice[] = []
  const strange: string[] = []
  for (const line of text.split('\n').slice(0, 256)) {
    const found = TEXT_LINE.exec(line.trim())
    const [, hash, device, type, note = ''] = found ?? []
    if (device !== undefined && type !== undefined)
      devices.push({ device, type, openError: hash === undefined ? null : note.trim().slice(0, 300) })
    else if (line.trim() !== '') strange.push(line.trim())
  }
  if (devices.length > 0) return ok(devices)
  const code = /permission|not permitted/i.test(strange.join()) ? 'access-denied' : 'parse'
  return err({ code, detail: `smartctl --scan-open: ${strange.join('; ').slice(0, 300)}` })
}

/** Why a drive of the scan could not be opened. */
export function openFailure(openError: string): Failure {
  if (/permission denied|not permitted|access is denied/i.test(openError))
    return { code: 'access-denied', detail: openError }
  return { code: /not supported|unknown usb bridge/i.test(openError) ? 'unsupported' : 'exit', detail: openError }
}

/** A drive of which only the scan knows. */
export function scannedDrive({ device, type, openError }: ScannedDevice): Drive {
  return {
    key: driveKey({ device: device.slice(0, 128), type, model: null, serial: null }),
    device: device.slice(0, 128),
    type,
    model: null,
    serial: null,
    firmware: null,
    kind: /^nvme/.test(type) ? 'nvme' : 'unknown',
    capacityBytes: null,
    smart: openError === null ? NEVER : failed(SMARTCTL_SCAN, openFailure(openError)),
  }
}

/** `disk/smartctl-scan`: the drives there are, without a word on their health. */
export const smartctlScan: Source<'disk'> = {
  id: SMARTCTL_SCAN,
  check: 'disk',
  parse: (input) => {
    const devices = parseScan(input)
    if (!devices.ok) return devices
    return ok({ parts: { drives: read(SMARTCTL_SCAN, devices.value.map(scannedDrive)) }, samples: {} })
  },
}
