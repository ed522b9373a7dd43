/** Protection products of Windows by their services and by the names that the Security Center shows (collectors.md 4.3). Data, easy to correct. */
import type { Evidence } from './edr-products.ts'

/** One product. `services`: any of them proves that it is installed, the first ones that it runs. `names`: as the Security Center shows it. */
export type WindowsProduct = {
  readonly id: string
  readonly services: readonly string[]
  /** Installed with Windows itself and stopped until somebody uses it: a stopped one says nothing. */
  readonly dormant?: boolean
  readonly names: RegExp | null
  readonly evidence: Evidence
}

/** A `*` at the end of a service stands for any rest (Kaspersky puts its version there). */
export const WINDOWS_PRODUCTS: readonly WindowsProduct[] = [
  {
    id: 'windows-defender',
    services: ['WinDefend'],
    names: /^(?:windows|microsoft) defender\b/i,
    evidence: 'recorded',
  },
  { id: 'mdatp', services: ['Sense'], dormant: true, names: null, evidence: 'recorded' },
  { id: 'crowdstrike', services: ['CSFalconService'], names: /crowdstrike/i, evidence: 'recorded' },
  { id: 'sentinelone', services: ['SentinelAgent'], names: /sentinel ?(?:one|agent)/i, evidence: 'recorded' },
  {
    id: 'sophos',
    services: ['Sophos Endpoint Defense Service', 'SAVService', 'Sophos MCS Agent'],
    names: /sophos/i,
    evidence: 'from memory',
  },
  { id: 'eset', services: ['ekrn'], names: /\beset\b/i, evidence: 'from memory' },
  {
    id: 'bitdefender',
    services: ['EPSecurityService', 'EPProtectedService', 'VSSERV'],
    names: /bitdefender/i,
    evidence: 'recorded',
  },
  { id: 'cortex', services: ['cyserver', 'CortexXDR'], names: /cortex xdr|palo alto/i, evidence: 'recorded' },
  { id: 'trend-micro', services: ['ntrtscan', 'TmCCSF', 'ds_agent'], names: /trend ?micro/i, evidence: 'from memory' },
  { id: 'kaspersky', services: ['AVP*'], names: /kaspersky/i, evidence: 'from memory' },
  { id: 'trellix', services: ['mfemms', 'mfefire'], names: /mcafee|trellix/i, evidence: 'from memory' },
  { id: 'withsecure', services: ['fshoster', 'fsulhoster'], names: /withsecure|f-secure/i, evidence: 'from memory' },
  { id: 'avast', services: ['avast! Antivirus'], names: /avast/i, evidence: 'from memory' },
  { id: 'avg', services: ['AVGSvc', 'AVG Antivirus'], names: /\bavg\b/i, evidence: 'from memory' },
  { id: 'malwarebytes', services: ['MBAMService'], names: /malwarebytes/i, evidence: 'from memory' },
  { id: 'webroot', services: ['WRSVC', 'WRCoreService'], names: /webroot/i, evidence: 'from memory' },
  { id: 'carbon-black', services: ['CbDefense', 'CbDefenseSensor'], names: /carbon black/i, evidence: 'recorded' },
  { id: 'symantec', services: ['SepMasterService'], names: /symantec/i, evidence: 'from memory' },
  { id: 'norton', services: ['NortonSecurity', 'N360'], names: /norton/i, evidence: 'from memory' },
  {
    id: 'elastic-defend',
    services: ['ElasticEndpoint'],
    names: /elastic (?:security|endpoint|defend)/i,
    evidence: 'from memory',
  },
]

/** @returns the id of a product by its name; one that is not in the table gets an id made of its name. */
export function windowsProductId(name: string): string {
  const known = WINDOWS_PRODUCTS.find(({ names }) => names?.test(name.slice(0, 128)) === true)
  if (known !== undefined) return known.id
  const made = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64)
  return made === '' ? 'unnamed' : made
}

/** @returns the product whose service this is; null: none that is known. */
export function productOfService(service: string): WindowsProduct | null {
  const name = service.toLowerCase()
  const isIt = (known: string) =>
    known.endsWith('*') ? name.startsWith(known.slice(0, -1).toLowerCase()) : known.toLowerCase() === name
  return WINDOWS_PRODUCTS.find(({ services }) => services.some(isIt)) ?? null
}
