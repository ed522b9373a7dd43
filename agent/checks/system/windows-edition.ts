/** Editions of Windows as the end of support knows them. Pure. */

/** EditionID of the registry → word. S: long-term servicing; N, KN: without media player; both end as their sisters do. */
const EDITIONS: readonly (readonly [pattern: RegExp, edition: string])[] = [
  [/^IoTEnterpriseS/i, 'iot-enterprise-ltsc'],
  [/^EnterpriseS/i, 'enterprise-ltsc'],
  [/^IoTEnterprise/i, 'iot-enterprise'],
  // Azure Virtual Desktop: several people on one client.
  [/^ServerRdsh/i, 'enterprise-multi-session'],
  [/^ServerDatacenter/i, 'server-datacenter'],
  [/^ServerStandard/i, 'server-standard'],
  [/^Server/i, 'server'],
  [/^Enterprise/i, 'enterprise'],
  [/^ProfessionalEducation/i, 'pro-education'],
  [/^ProfessionalWorkstation/i, 'pro-workstation'],
  [/^Professional/i, 'pro'],
  [/^Education/i, 'education'],
  [/^(?:Core|Home)/i, 'home'],
]

/** @param installationType `Client`, `Server`, `Server Core`; null: not told. @returns null for an edition that is not known. */
export function editionOf(editionId: string | null, installationType: string | null): string | null {
  const found = EDITIONS.find(([pattern]) => pattern.test(editionId ?? ''))?.[1] ?? null
  if (found === null && /^server/i.test(installationType ?? '')) return 'server'
  return found
}

/** OperatingSystemSKU of Win32_OperatingSystem (GetProductInfo of the Windows SDK) → EditionID. */
const SKUS: { readonly [sku: number]: string } = {
  4: 'Enterprise',
  7: 'ServerStandard',
  8: 'ServerDatacenter',
  12: 'ServerDatacenter',
  13: 'ServerStandard',
  27: 'EnterpriseN',
  48: 'Professional',
  49: 'ProfessionalN',
  79: 'ServerStandard',
  80: 'ServerDatacenter',
  98: 'CoreN',
  99: 'CoreCountrySpecific',
  100: 'CoreSingleLanguage',
  101: 'Core',
  121: 'Education',
  122: 'EducationN',
  125: 'EnterpriseS',
  126: 'EnterpriseSN',
  161: 'ProfessionalWorkstation',
  164: 'ProfessionalEducation',
  175: 'ServerRdsh',
  188: 'IoTEnterprise',
  191: 'IoTEnterpriseS',
}

/** @returns the EditionID; null for a number that is not in the list. */
export function editionOfSku(sku: number | null): string | null {
  return sku === null ? null : (SKUS[sku] ?? null)
}

/** English names of systeminfo ("Microsoft Windows 10 Enterprise LTSC"). */
export function editionOfName(name: string): string | null {
  if (/server/i.test(name)) return /datacenter/i.test(name) ? 'server-datacenter' : 'server-standard'
  if (/iot enterprise.*lts[bc]/i.test(name)) return 'iot-enterprise-ltsc'
  if (/lts[bc]/i.test(name)) return 'enterprise-ltsc'
  if (/multi-session|virtual desktops/i.test(name)) return 'enterprise-multi-session'
  if (/iot enterprise/i.test(name)) return 'iot-enterprise'
  if (/enterprise/i.test(name)) return 'enterprise'
  if (/pro education/i.test(name)) return 'pro-education'
  if (/education/i.test(name)) return 'education'
  if (/pro\b|professional/i.test(name)) return 'pro'
  return /home/i.test(name) ? 'home' : null
}

/** `ProductName` goes on saying Windows 10 on Windows 11: the build decides (collectors.md 3.1). */
export function windowsName(name: string | null, build: number | null): string {
  const bare = (name ?? 'Windows').replace(/^Microsoft /, '').slice(0, 128)
  return build !== null && build >= 22_000 ? bare.replace(/^Windows 10\b/, 'Windows 11') : bare
}
