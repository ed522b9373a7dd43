/** Protection products, with their Linux processes and files (collectors.md 4.3). Data, easy to correct; a name that is not here is "not seen", never "no antivirus". */
import type { Product } from '../../../shared/checks/antivirus.ts'

/** `recorded`: seen in an output of the product itself; `from memory`: from administration experience, not confirmed. */
export type Evidence = 'recorded' | 'from memory'

/** One product. Any process proves that it runs, any path that it is installed. */
export type KnownProduct = {
  readonly id: string
  readonly name: string
  readonly kind: Product['kind']
  readonly processes: readonly string[]
  readonly paths: readonly string[]
  readonly evidence: Evidence
}

/** Without ClamAV, which is read in its own way. */
export const KNOWN_PRODUCTS: readonly KnownProduct[] = [
  {
    id: 'crowdstrike',
    name: 'CrowdStrike Falcon',
    kind: 'edr',
    processes: ['falcon-sensor', 'falcon-sensor-b'],
    paths: ['/opt/CrowdStrike'],
    evidence: 'recorded',
  },
  {
    id: 'sentinelone',
    name: 'SentinelOne',
    kind: 'edr',
    processes: ['s1-agent', 's1-orchestrator', 'sentinelone-agent'],
    paths: ['/opt/sentinelone'],
    evidence: 'recorded',
  },
  {
    id: 'cortex',
    name: 'Cortex XDR',
    kind: 'edr',
    processes: ['traps_pmd', 'pmd'],
    paths: ['/opt/traps'],
    evidence: 'recorded',
  },
  {
    id: 'mdatp',
    name: 'Microsoft Defender for Endpoint',
    kind: 'edr',
    processes: ['wdavdaemon', 'mdatp'],
    paths: ['/opt/microsoft/mdatp'],
    evidence: 'recorded',
  },
  {
    id: 'bitdefender',
    name: 'Bitdefender GravityZone',
    kind: 'antivirus',
    processes: ['bdsecd', 'bdsec', 'bdsrvscand'],
    paths: ['/opt/bitdefender-security-tools', '/opt/BitDefender'],
    evidence: 'recorded',
  },
  {
    id: 'carbon-black',
    name: 'Carbon Black',
    kind: 'edr',
    processes: ['cbagentd', 'cbdaemon'],
    paths: ['/opt/carbonblack'],
    evidence: 'recorded',
  },
  {
    id: 'sophos',
    name: 'Sophos Protection',
    kind: 'edr',
    processes: ['sophos_managementagent', 'sophos_threat_detector', 'savd', 'mcsrouter'],
    paths: ['/opt/sophos-spl', '/opt/sophos-av'],
    evidence: 'from memory',
  },
  {
    id: 'eset',
    name: 'ESET Endpoint Antivirus',
    kind: 'antivirus',
    processes: ['oaeventd', 'eset_daemon', 'scand'],
    paths: ['/opt/eset/eea', '/opt/eset/efs'],
    evidence: 'from memory',
  },
  {
    id: 'trend-micro',
    name: 'Trend Micro Deep Security',
    kind: 'antivirus',
    processes: ['ds_agent', 'ds_am'],
    paths: ['/opt/ds_agent'],
    evidence: 'from memory',
  },
  {
    id: 'kaspersky',
    name: 'Kaspersky Endpoint Security',
    kind: 'antivirus',
    processes: ['kesl'],
    paths: ['/opt/kaspersky/kesl'],
    evidence: 'from memory',
  },
  {
    id: 'trellix',
    name: 'Trellix Endpoint Security',
    kind: 'antivirus',
    processes: ['mfetpd'],
    paths: ['/opt/McAfee/ens', '/opt/isec/ens'],
    evidence: 'from memory',
  },
  {
    id: 'withsecure',
    name: 'WithSecure Linux Protection',
    kind: 'antivirus',
    processes: ['fsma2', 'fsavd'],
    paths: ['/opt/f-secure/linuxsecurity', '/opt/f-secure/baseguard'],
    evidence: 'from memory',
  },
  {
    id: 'wazuh',
    name: 'Wazuh agent',
    kind: 'edr',
    processes: ['wazuh-agentd'],
    paths: ['/var/ossec'],
    evidence: 'from memory',
  },
  {
    id: 'elastic-defend',
    name: 'Elastic Defend',
    kind: 'edr',
    processes: ['elastic-endpoint'],
    paths: ['/opt/Elastic/Endpoint'],
    evidence: 'from memory',
  },
  {
    id: 'rkhunter',
    name: 'rkhunter',
    kind: 'scanner',
    processes: [],
    paths: ['/usr/bin/rkhunter'],
    evidence: 'from memory',
  },
  {
    id: 'chkrootkit',
    name: 'chkrootkit',
    kind: 'scanner',
    processes: [],
    paths: ['/usr/sbin/chkrootkit'],
    evidence: 'from memory',
  },
  // Seen on Windows or macOS only: windows-products.ts, macos-products.ts.
  {
    id: 'windows-defender',
    name: 'Microsoft Defender Antivirus',
    kind: 'antivirus',
    processes: [],
    paths: [],
    evidence: 'recorded',
  },
  { id: 'xprotect', name: 'XProtect', kind: 'builtin', processes: [], paths: [], evidence: 'recorded' },
  { id: 'avast', name: 'Avast', kind: 'antivirus', processes: [], paths: [], evidence: 'from memory' },
  { id: 'avg', name: 'AVG', kind: 'antivirus', processes: [], paths: [], evidence: 'from memory' },
  { id: 'malwarebytes', name: 'Malwarebytes', kind: 'antivirus', processes: [], paths: [], evidence: 'from memory' },
  { id: 'webroot', name: 'Webroot', kind: 'antivirus', processes: [], paths: [], evidence: 'from memory' },
  { id: 'norton', name: 'Norton', kind: 'antivirus', processes: [], paths: [], evidence: 'from memory' },
  {
    id: 'symantec',
    name: 'Symantec Endpoint Protection',
    kind: 'antivirus',
    processes: [],
    paths: [],
    evidence: 'recorded',
  },
  { id: 'jamf-protect', name: 'Jamf Protect', kind: 'edr', processes: [], paths: [], evidence: 'from memory' },
]
