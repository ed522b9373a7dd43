/** Parses nvme-cli: `smart-log` (JSON and text) and `list` (JSON of 1.x and 2.x, and the table). Pure and total. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { bareSmart } from './bare-smart.ts'
import { parseNvmeList, parseNvmeTable } from './nvme-list.ts'
import { keyLine, textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const NVME_CLI = 'disk/nvme-cli'

type Report = { readonly drives: readonly Drive[]; readonly samples: SampleValues }
/** Figures of a health log by their name of the JSON. */
type Figures = (name: string) => number | null

/** Below this a temperature in kelvin would be 0 °C or less: the number is in °C, or no number. */
const KELVIN = 273

/**
 * A health log gives one drive, named after the device of its head line (JSON names none); a list gives all drives without their
 * health. Errors: `empty`, `parse`, `access-denied`, `exit`. An empty list: the tool looked and found no drive.
 */
export function parseNvmeCli({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<Report, Failure> {
  const text = decode(stdout)
  const json = text.trimStart().startsWith('{') ? parseJson(text) : null
  const report = json === null ? fromText(text) : json.ok ? fromJson(json.value) : null
  // A bad exit beside a whole answer: the answer proves nothing.
  if (report !== null && exitCode === 0) return ok(report)
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return err({ code: 'empty', detail: `nvme said nothing (exit ${exitCode ?? 'by signal'})` })
  if (/permission denied|not permitted/i.test(said)) return err({ code: 'access-denied', detail: said })
  return err({ code: exitCode === 0 ? 'parse' : 'exit', detail: said })
}

function fromJson(root: Peek): Report | null {
  if (root.has('critical_warning') || root.has('avail_spare') || root.has('percent_used'))
    return healthReport('/dev/nvme', (name) => figureOf(root, name))
  if (!root.has('Devices')) return null
  return { drives: parseNvmeList(root), samples: {} }
}

/** `critical_warning` is an object in nvme-cli 2.x. Some figures are strings there. */
function figureOf(root: Peek, name: string): number | null {
  const text = root.text(name)
  return (
    root.count(name) ?? root.count(`${name}.value`) ?? (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)
  )
}

const TEXT_NAMES: { readonly [name: string]: string } = {
  avail_spare: 'available_spare',
  spare_thresh: 'available_spare_threshold',
  percent_used: 'percentage_used',
}

function fromText(text: string): Report | null {
  const lines = textLines(text)
  const head = lines
    .map((line) => /^Smart Log for NVME device:\s{0,4}(\S{1,100})/i.exec(line)?.[1])
    .find((name) => name !== undefined)
  if (head === undefined) return parseNvmeTable(lines)
  const figures = new Map<string, string>()
  for (const line of lines) {
    const told = keyLine(line)
    if (told !== null && !figures.has(told.key)) figures.set(told.key, told.value)
  }
  const device = head.startsWith('/') ? head : `/dev/${head}`
  return healthReport(device, (name) => textFigure(figures.get(TEXT_NAMES[name] ?? name)))
}

/** `0`, `0x4`, `100%`, `1,234`, `36 C (309 Kelvin)`, `36°C (309 Kelvin)`. */
function textFigure(value: string | undefined): number | null {
  if (value === undefined) return null
  if (/^0x[0-9a-f]{1,8}$/i.test(value)) return Number(value)
  const kelvin = /\((\d{1,4}) ?K(?:elvin)?\)/i.exec(value)
  if (kelvin !== null) return Number(kelvin[1])
  const digits = /^(\d{1,3}(?:[,.' ]\d{3})+|\d{1,15})(?:\s*(?:%|°?C\b.*|\(.*))?$/.exec(value)
  const number = digits === null ? Number.NaN : Number((digits[1] ?? '').replace(/\D/g, ''))
  return Number.isSafeInteger(number) ? number : null
}

function healthReport(device: string, figure: Figures): Report {
  const criticalWarning = figure('critical_warning')
  // A good word does not outlive the figures that could contradict it; every version prints these.
  const isWhole = ['avail_spare', 'spare_thresh', 'percent_used', 'media_errors'].every((name) => figure(name) !== null)
  const smart: Smart = {
    ...bareSmart(null),
    // The drive's own verdict, as smartctl takes it: no critical warning. Not told is not passed.
    passed: criticalWarning === 0 && !isWhole ? null : criticalWarning === null ? null : criticalWarning === 0,
    wearPercent: figure('percent_used'),
    nvme: {
      criticalWarning,
      mediaErrors: figure('media_errors'),
      availableSparePercent: figure('avail_spare'),
      spareThresholdPercent: figure('spare_thresh'),
      unsafeShutdowns: figure('unsafe_shutdowns'),
    },
  }
  const key = `${device}/nvme`.slice(0, 256)
  const none = { model: null, serial: null, firmware: null, capacityBytes: null }
  const drive: Drive = {
    key,
    device: device.slice(0, 128),
    type: 'nvme',
    ...none,
    kind: 'nvme',
    smart: read(NVME_CLI, smart),
  }
  const samples: { [key: string]: number } = {}
  const temperature = figure('temperature')
  if (temperature !== null && temperature !== 0)
    samples[`drive:${key}:temperatureCelsius`] = temperature > KELVIN ? temperature - KELVIN : temperature
  const hours = figure('power_on_hours')
  if (hours !== null) samples[`drive:${key}:powerOnHours`] = hours
  return { drives: [drive], samples }
}

/** `disk/nvme-cli`: health log of one NVMe drive, or the list of all. */
export const nvmeCli: Source<'disk'> = {
  id: NVME_CLI,
  check: 'disk',
  parse: (input) => {
    const report = parseNvmeCli(input)
    if (!report.ok) return report
    return ok({ parts: { drives: read(NVME_CLI, [...report.value.drives]) }, samples: report.value.samples })
  },
}
