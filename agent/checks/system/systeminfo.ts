/**
 * Parses the text of `systeminfo` (Windows). Its labels are translated and the order of the lines differs between versions: in other
 * languages than English only the system is read, by the form of its name and its version. Pure and total.
 */
import type { Hardware, OsFacts } from '../../../shared/checks/system.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { biosDateOf, firmwareText } from './hardware.ts'
import { guessVirtualization, type Virtualization } from './virtualization.ts'
import { editionOfName, windowsName } from './windows-edition.ts'

/** Source id. */
export const SYSTEMINFO = 'system/systeminfo'

type Told = { readonly os: OsFacts; readonly hardware: Hardware; readonly virtualization: Virtualization | null }

/** `10.0.19045 N/A Build 19045`, `10.0.19045 N/A version 19045`: the build stands there twice in every language. */
const VERSION = /^(\d{1,2}\.\d{1,2}\.(\d{3,6}))(?: \S.{0,80})? \2$/

/** Errors: `empty`, `parse` when neither the name nor the version of a Windows is in it. */
export function parseSysteminfo(text: string): Result<Told, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const values = new Map<string, string>()
  for (const line of text.split('\n', 2_048)) {
    const match = /^([A-Z][\w ()-]{1,40}):[ \t]{1,40}(\S.{0,200})$/.exec(line.trimEnd())
    if (match?.[1] !== undefined && match[2] !== undefined && !values.has(match[1]))
      values.set(match[1], match[2].trim())
  }
  const value = (label: string) => values.get(label) ?? null
  const translated = values.has('OS Name') || values.has('OS Version') ? null : readTranslated(text)
  const name = value('OS Name') ?? translated?.name ?? null
  const build = /^(\d{1,2}\.\d{1,2}\.\d{3,6})\b/.exec(value('OS Version') ?? '')?.[1] ?? translated?.build ?? null
  if (name === null && build === null) return err({ code: 'parse', detail: 'not the text of systeminfo' })
  const virtualization = virtualizationOf(value('System Manufacturer'), value('System Model'))
  const isVirtual = virtualization !== null && virtualization.kind !== 'none'
  return ok({
    os: osOf(name, build, value('OS Configuration')),
    hardware: hardwareOf(value, isVirtual, text),
    virtualization,
  })
}

/** A name without its version, or the other way round, is something else. */
function readTranslated(text: string): { readonly name: string; readonly build: string } | null {
  const lines = text
    .split('\n', 2_048)
    .map((line) => /^[^:]{1,60}:[ \t]{1,40}(\S.{0,200})$/.exec(line.slice(0, 300).trimEnd())?.[1] ?? '')
  const name = lines.find((line) => /^\S{3,20} Windows (?:\d|Server|Vista)/.test(line))
  const build = lines.map((line) => VERSION.exec(line)?.[1]).find((one) => one !== undefined)
  return name === undefined || build === undefined ? null : { name, build }
}

function osOf(name: string | null, build: string | null, configuration: string | null): OsFacts {
  const number = Number(build?.split('.')[2] ?? Number.NaN)
  const edition = name === null ? null : editionOfName(name)
  return {
    family: 'windows',
    id: 'windows',
    name: windowsName(name, Number.isInteger(number) ? number : null),
    version: null,
    build,
    kernel: null,
    edition: edition ?? (/server|domain controller/i.test(configuration ?? '') ? 'server' : null),
  }
}

function virtualizationOf(vendor: string | null, model: string | null): Virtualization | null {
  if (vendor === null || model === null) return null
  const nothing = {
    container: null,
    dockerenv: false,
    containerenv: false,
    cgroup: null,
    kernelVersion: null,
    cpuinfo: null,
  }
  return guessVirtualization({ ...nothing, dmi: `${vendor}\n${model}` })
}

function hardwareOf(value: (label: string) => string | null, isVirtual: boolean, text: string): Hardware {
  return {
    vendor: firmwareText(value('System Manufacturer')),
    model: firmwareText(value('System Model')),
    serial: null,
    chassis: null,
    biosDate: isVirtual ? null : dateOf(value('BIOS Version'), value('System Locale')),
    cpu: firmwareText(/^[ \t]{1,40}\[01\]: (\S.{0,120})$/m.exec(text.slice(0, 64 * 1024))?.[1] ?? null),
    cpuThreads: null,
    memoryBytes: megabytesOf(value('Total Physical Memory')),
  }
}

/** Only American English writes the month first for certain. */
function dateOf(bios: string | null, locale: string | null): string | null {
  const found = /, (\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(bios ?? '')
  if (found === null || !/^en-us\b/i.test(locale ?? '')) return null
  return biosDateOf(`${found[1]?.padStart(2, '0')}/${found[2]?.padStart(2, '0')}/${found[3]}`)
}

/** `2,047 MB`, `16.384 MB`, `16 384 MB`: whole megabytes, grouped as the country does. */
function megabytesOf(text: string | null): number | null {
  const figure = /^(\d[\d.,\s]{0,16}) MB$/.exec(text ?? '')?.[1]?.replace(/\D/g, '')
  return figure === undefined ? null : Number(figure) * 1024 ** 2
}

/** `system/systeminfo`: os, hardware and virtualization. The boot time is a date in the manner of the country, without a zone. */
export const systeminfo: Source<'system'> = {
  id: SYSTEMINFO,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseSysteminfo(decode(stdout))
    if (!found.ok) return found
    const { os, hardware, virtualization } = found.value
    const unread = { code: 'parse', detail: 'systeminfo writes the boot time in the manner of the country' } as const
    return ok({
      parts: {
        os: read(SYSTEMINFO, os),
        boot: failed(SYSTEMINFO, unread),
        hardware: read(SYSTEMINFO, hardware),
        ...(virtualization === null ? {} : { virtualization: read(SYSTEMINFO, virtualization) }),
      },
      samples: {},
    })
  },
}
