/**
 * Services of known protection products → installed and running, no more: a running service proves neither that files are watched nor
 * that signatures are current. Reads Win32_Service, Get-Service (numbers in 5.1, words in 7, its table) and `sc query`. Pure.
 */
import type { Product } from '../../../shared/checks/antivirus.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { productOf } from './product-status.ts'
import { windowsFailure } from './windows-errors.ts'
import { productOfService, WINDOWS_PRODUCTS } from './windows-products.ts'

/** Block of the script. */
export const SERVICES_BLOCK = 'protection-services'
const MAX_LINES = 20_000

/** A service; `running` null: being started or stopped, or not told. */
export type ServiceState = { readonly name: string; readonly running: boolean | null }

/** ServiceControllerStatus of .NET and the states of Win32_Service: words that are never translated. */
const WORDS: { readonly [word: string]: boolean | null } = {
  running: true,
  '4': true,
  stopped: false,
  '1': false,
  paused: false,
  '7': false,
}

/** Errors: those of `readWindowsRecords`; `parse` when nothing in it is a service. */
export function parseServices(bytes: Uint8Array): Result<readonly ServiceState[], Failure> {
  const text = decode(bytes)
  const listed =
    text.trimStart().startsWith('{') || text.trimStart().startsWith('[') ? [] : [...ofTable(text), ...ofQuery(text)]
  if (listed.length > 0) return ok(listed)
  const records = readWindowsRecords(bytes, SERVICES_BLOCK)
  if (!records.ok) return records
  const states = records.value.flatMap(ofRecord)
  if (states.length === 0 && records.value.length > 0) return err({ code: 'parse', detail: 'no service in it' })
  return ok(states)
}

function ofRecord(record: WindowsRecord): ServiceState[] {
  const name = record.text('Name') ?? record.text('ServiceName')
  const state = record.text('State') ?? record.text('Status')
  return name === null ? [] : [{ name, running: WORDS[(state ?? '').toLowerCase()] ?? null }]
}

/** `Running  WinDefend  Microsoft Defender Antivirus Service`: names with blanks end where two blanks begin. */
function ofTable(text: string): ServiceState[] {
  return text.split('\n', MAX_LINES).flatMap((line) => {
    const [, state, name] = /^(Running|Stopped|Paused|StartPending|StopPending)\s{1,20}(\S.{0,120})$/.exec(line) ?? []
    if (state === undefined || name === undefined) return []
    return [{ name: name.split(/\s{2,}/, 1)[0] ?? name, running: WORDS[state.toLowerCase()] ?? null }]
  })
}

/** `sc query`: the name's label is translated, the state is a number with an English word. */
function ofQuery(text: string): ServiceState[] {
  const found: ServiceState[] = []
  let name: string | null = null
  for (const line of text.split('\n', MAX_LINES)) {
    const head = /^[A-Z_ÄÖÜ]{4,30}: (\S.{0,120})$/.exec(line)?.[1]?.trim()
    if (head !== undefined) name = head
    const state =
      /^\s{1,20}\S{3,20}\s{0,20}: ([1-7]) {1,4}(?:STOPPED|START_PENDING|STOP_PENDING|RUNNING|CONTINUE_PENDING|PAUSE_PENDING|PAUSED)\b/.exec(
        line,
      )?.[1]
    if (state === undefined || name === null) continue
    found.push({ name, running: WORDS[state] ?? null })
    name = null
  }
  return found
}

/** Known products among the services: a product runs when the first of its services that is installed does. */
export function productsOfServices(states: readonly ServiceState[]): readonly Product[] {
  const byProduct = new Map<string, ServiceState[]>()
  for (const state of states) {
    const id = productOfService(state.name)?.id
    if (id === undefined) continue
    const own = byProduct.get(id) ?? []
    own.push(state)
    byProduct.set(id, own)
  }
  return WINDOWS_PRODUCTS.flatMap(({ id, dormant }) => {
    const own = byProduct.get(id)
    if (own === undefined) return []
    // Any of them that is stopped is told: half a product is no product.
    const running = own.some((one) => one.running === false)
      ? false
      : own.every((one) => one.running === true)
        ? true
        : null
    if (dormant === true && running !== true) return []
    return [productOf(id, { running, realTime: null, engineVersion: null })]
  })
}

/** Errors as `parseServices`; `empty`: no service of a known product, which may still be here under another name. */
export const windowsServicesSource: Source<'antivirus'> = {
  id: 'antivirus/windows-services',
  check: 'antivirus',
  parse: (input) => {
    const { stdout } = input
    const failure = windowsFailure(input)
    if (failure !== null) return err(failure)
    const states = parseServices(stdout)
    if (!states.ok) return states
    const products = productsOfServices(states.value)
    if (products.length === 0) return err({ code: 'empty', detail: 'no service of a known product' })
    return ok({ parts: { products: read('antivirus/windows-services', [...products]) }, samples: {} })
  },
}
