/** Protection products of macOS by the identifiers of their extensions and services (collectors.md 4.3). Data, easy to correct. */

/** `prefixes`: of bundle identifiers and launchd labels, lower case. `apps`: paths that prove that it is installed. */
export type MacosProduct = {
  readonly id: string
  readonly prefixes: readonly string[]
  readonly apps: readonly string[]
}

/** A product that is not here is "not seen". */
export const MACOS_PRODUCTS: readonly MacosProduct[] = [
  {
    id: 'mdatp',
    prefixes: ['com.microsoft.wdav', 'com.microsoft.fresno'],
    apps: ['/Applications/Microsoft Defender.app'],
  },
  { id: 'crowdstrike', prefixes: ['com.crowdstrike.falcon'], apps: ['/Applications/Falcon.app'] },
  { id: 'sentinelone', prefixes: ['com.sentinelone.'], apps: ['/Applications/SentinelOne', '/Library/Sentinel'] },
  { id: 'sophos', prefixes: ['com.sophos.'], apps: ['/Applications/Sophos', '/Library/Sophos Anti-Virus'] },
  {
    id: 'eset',
    prefixes: ['com.eset.'],
    apps: ['/Applications/ESET Endpoint Security.app', '/Applications/ESET Endpoint Antivirus.app'],
  },
  { id: 'bitdefender', prefixes: ['com.bitdefender.', 'com.epsecurity.'], apps: ['/Library/Bitdefender'] },
  {
    id: 'cortex',
    prefixes: ['com.paloaltonetworks.traps', 'com.paloaltonetworks.cortex'],
    apps: ['/Applications/Cortex XDR.app'],
  },
  { id: 'trend-micro', prefixes: ['com.trendmicro.'], apps: ['/Library/Application Support/TrendMicro'] },
  { id: 'kaspersky', prefixes: ['com.kaspersky.'], apps: ['/Library/Application Support/Kaspersky Lab'] },
  { id: 'trellix', prefixes: ['com.mcafee.', 'com.trellix.'], apps: ['/usr/local/McAfee'] },
  { id: 'withsecure', prefixes: ['com.f-secure.', 'com.withsecure.'], apps: ['/Library/F-Secure'] },
  { id: 'malwarebytes', prefixes: ['com.malwarebytes.'], apps: ['/Library/Application Support/Malwarebytes'] },
  {
    id: 'carbon-black',
    prefixes: ['com.vmware.carbonblack', 'com.carbonblack.'],
    apps: ['/Applications/VMware Carbon Black Cloud'],
  },
  { id: 'symantec', prefixes: ['com.broadcom.mes.', 'com.symantec.'], apps: [] },
  { id: 'elastic-defend', prefixes: ['co.elastic.'], apps: ['/Library/Elastic/Endpoint'] },
  { id: 'jamf-protect', prefixes: ['com.jamf.protect'], apps: ['/Applications/JamfProtect.app'] },
]

/** @returns the product of a bundle identifier or a launchd label; null: none that is known. */
export function macosProductOf(identifier: string): MacosProduct | null {
  const name = identifier.toLowerCase()
  return MACOS_PRODUCTS.find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix))) ?? null
}
