/** Outputs written by us after the documentation of each tool; none is copied. SOURCE: `mdatp health` (learn.microsoft.com), kesl-control (Kaspersky online help), repcli (Carbon Black user guide), bduitool, falconctl, systemextensionsctl(8), xprotect(8). */
import { type Case, lines } from './case.ts'

const MDATP = {
  healthy: 'true',
  licensed: 'true',
  engine_version: '"1.1.25080.3000"',
  app_version: '"101.25082.0003"',
  real_time_protection_enabled: 'true',
  real_time_protection_available: 'true',
  passive_mode_enabled: 'false',
  automatic_definition_update_enabled: 'true [managed]',
  definitions_updated: 'Nov 24, 2026 at 09:15:02 AM',
  definitions_updated_minutes_ago: '120',
  definitions_status: '"up_to_date"',
}
const mdatp = (change: object = {}) => lines({ ...MDATP, ...change }, '                     : ')
const KESL = {
  Name: 'Kaspersky Endpoint Security 12.1 for Linux',
  Version: '12.1.0.1543',
  'License expiration date': '2027-07-09',
  'Last release date of databases': '2026-11-25 04:11:00',
  'Application databases loaded': 'Yes',
  'File Threat Protection': 'Available and running',
}
const kesl = (change: object = {}) => lines({ ...KESL, ...change }, ':        ')
const extension = (state: string) =>
  `1 extension(s)\n--- com.apple.system_extension.endpoint_security\nenabled\tactive\tteamID\tbundleID (version)\tname\t[state]\n*\t*\tX9E956P446\tcom.crowdstrike.falcon.Agent (7.10/174.04)\tFalcon\t[${state}]\n`
const carbonBlackMac = (helper: string, access: string) =>
  `General Info:\n\tSensor Version: 3.8.1.50\n\tKernel Type: System Extension\n\tSystem Extension: Running\nFull Disk Access Configurations:\n\tRepmgr: ${helper}\n\tSystem Extension: Unknown\nSensor State:\n\tState: Enabled\n\tDetails:\n\t\tFullDiskAccess: ${access}\n\t\tLiveResponse: NoSession\nCloud Status:\n\tRegistered: Yes\n`
const carbonBlackLinux = (state: string, registered: string) =>
  `General Info:\n    Sensor Version: 2.15.0.7\nCloud Status:\n    Registered: ${registered}\nSensor Status:\n    State: ${state}\n    Details:\n        LiveResponse: Enabled\n`
/** Tools of Linux and macOS. */
export const UNIX: readonly Case[] = [
  [
    'mdatp works',
    'mdatp',
    mdatp(),
    {
      id: 'mdatp',
      realTime: true,
      mode: 'active',
      signaturesCurrent: true,
      updaterRunning: true,
      signaturesAt: Date.UTC(2026, 10, 24, 9, 15, 2),
    },
  ],
  ['mdatp is passive', 'mdatp', mdatp({ passive_mode_enabled: 'true' }), { realTime: false, mode: 'passive' }],
  [
    'mdatp is off',
    'mdatp',
    mdatp({ real_time_protection_enabled: 'false [managed]' }),
    { realTime: false, mode: 'off' },
  ],
  ['mdatp cannot', 'mdatp', mdatp({ real_time_protection_available: 'false' }), { realTime: false, mode: 'reduced' }],
  [
    'mdatp without a license',
    'mdatp',
    mdatp({ licensed: 'false', healthy: 'false' }),
    { realTime: false, mode: 'unregistered' },
  ],
  ['mdatp is unwell', 'mdatp', mdatp({ healthy: 'false' }), { realTime: null, mode: 'reduced' }],
  ['mdatp has old definitions', 'mdatp', mdatp({ definitions_status: '"out_of_date"' }), { signaturesCurrent: false }],
  [
    'mdatp in plain JSON',
    'mdatp',
    JSON.stringify({
      healthy: true,
      licensed: true,
      appVersion: '101.1',
      realTimeProtectionEnabled: true,
      realTimeProtectionAvailable: true,
      passiveModeEnabled: false,
      definitionsStatus: 'upToDate',
      definitionsUpdated: '1795579200000',
    }),
    { realTime: true, signaturesAt: 1_795_579_200_000 },
  ],
  [
    'the daemon of mdatp is down',
    'mdatp',
    'Error: Could not connect to the daemon.',
    { code: 'exit' },
    { exitCode: 1 },
  ],
  [
    'the daemon of mdatp is down, and nobody says so',
    'mdatp',
    'ATTENTION: No license found. Contact your administrator for help.',
    { code: 'parse' },
  ],
  [
    'Kaspersky works',
    'kesl',
    kesl(),
    { id: 'kaspersky', realTime: true, engineVersion: '12.1.0.1543', signaturesAt: Date.UTC(2026, 10, 25, 4, 11) },
  ],
  [
    'Kaspersky is stopped',
    'kesl',
    kesl({ 'File Threat Protection': 'Available and stopped' }),
    { realTime: false, mode: 'off' },
  ],
  [
    'Kaspersky without databases',
    'kesl',
    kesl({ 'Application databases loaded': 'No', 'Last release date of databases': '1970-01-01 00:00:00' }),
    { realTime: false, mode: 'reduced', signaturesAt: null },
  ],
  ['Kaspersky license over', 'kesl', kesl({ 'License expiration date': '2026-07-09' }), { mode: 'expired' }],
  ['Kaspersky in Russian', 'kesl', 'Название:  Kaspersky\nВерсия:  12.1\n', { code: 'parse' }],
  [
    'Carbon Black works',
    'carbon-black',
    'General Info\n  Sensor Version[3.9.1.2464 - Sep 9 2026]\n  Sensor State[Enabled]\n',
    { id: 'carbon-black', running: true, realTime: true, engineVersion: '3.9.1.2464' },
  ],
  [
    'Carbon Black is bypassed',
    'carbon-black',
    'General Info\n  Sensor Version[3.9.1.2464]\n  Sensor State[Bypass]\n',
    { realTime: false, mode: 'off' },
  ],
  [
    'Carbon Black may not see the disk',
    'carbon-black',
    'Sensor Version: 3.7.4.53\nSensor State: Enabled\nSystem Extension: Running\nFull Disk Access: Not Configured\n',
    { realTime: false, mode: 'reduced' },
  ],
  [
    'Carbon Black on macOS in parts, without access to the disk',
    'carbon-black',
    carbonBlackMac('Not Configured', 'NotEnabled'),
    { running: true, realTime: false, mode: 'reduced', engineVersion: '3.8.1.50' },
  ],
  [
    'Carbon Black on macOS in parts, access not told',
    'carbon-black',
    carbonBlackMac('Unknown', 'Unknown'),
    { running: true, realTime: null },
  ],
  ['Carbon Black on Linux in parts', 'carbon-black', carbonBlackLinux('Enabled', 'Yes'), { realTime: true }],
  ['Carbon Black on Linux, bypassed', 'carbon-black', carbonBlackLinux('Bypass', 'Yes'), { mode: 'off' }],
  ['Carbon Black on Linux, not registered', 'carbon-black', carbonBlackLinux('Enabled', 'No'), { realTime: null }],
  [
    'Bitdefender is off',
    'bduitool',
    'Product version: 7.0.3.2239\nLast security content update: 2026-11-24 at 11:44:37 GMT+2\nNew security content available: yes\n  - Antimalware status: Off\n',
    {
      id: 'bitdefender',
      realTime: false,
      mode: 'off',
      signaturesCurrent: false,
      signaturesAt: Date.UTC(2026, 10, 24, 9, 44, 37),
    },
  ],
  [
    'Bitdefender never updated',
    'bduitool',
    'Product version: 7.0.3.2239\nLast security content update: Never\nNew security content available: no\n  - Antimalware status: On\n',
    { realTime: true, signaturesCurrent: null, signaturesAt: null },
  ],
  [
    'Falcon on macOS',
    'crowdstrike',
    '=== agent_info ===\nversion: 7.10.17303.0\nagentID: 1\nSensor operational: true\n',
    { running: true, realTime: true, engineVersion: '7.10.17303.0' },
  ],
  [
    'Falcon on macOS, not operational',
    'crowdstrike',
    '=== agent_info ===\nversion: 7.10.17303.0\nSensor operational: false\n',
    { realTime: false, mode: 'reduced' },
  ],
  [
    'Falcon with a kernel that it does not know',
    'crowdstrike',
    `aid="${'0a'.repeat(16)}", rfm-state=true, version = 7.10\n`,
    { realTime: false, mode: 'reduced' },
  ],
  [
    'SentinelOne of macOS without its daemon',
    'sentinelone',
    'Version: 24.1\nMissing Authorizations:\nAgent Operational State: enabled\nProtection: enabled\n   Integrity\n      sentineld:   not running\n',
    { running: false },
  ],
  [
    'a part of mdatp that condemns',
    'mdatp',
    'real_time_protection_enabled                : true\nreal_time_protection_available              : false\n',
    { realTime: false, mode: 'reduced' },
  ],
  [
    'a part of mdatp that praises',
    'mdatp',
    'real_time_protection_enabled                : true\nreal_time_protection_available              : true\n',
    { realTime: null, signaturesCurrent: null },
  ],
  [
    'warnings about the configuration before the version',
    'clamscan-version',
    'WARNING: Ignoring deprecated option StatsHostID at line 9\nLibClamAV Warning: old\nClamAV 1.4.3/27900/Sun Nov 22 11:46:31 2026\n',
    { engineVersion: '1.4.3' },
  ],
  ['a warning without a version', 'clamscan-version', 'WARNING: Ignoring deprecated option\n', { code: 'parse' }],
  [
    'a history of installations as text',
    'xprotect',
    'Installations:\n\n    macOS 15.2:\n\n      Version: 15.2\n      Source: Apple\n',
    { code: 'parse' },
  ],
  [
    'SentinelOne is infected',
    'sentinelone',
    'Version: 24.1\nMissing Authorizations:\nAgent Operational State: enabled\nProtection: enabled\nInfected: yes\n',
    { realTime: true },
  ],
  [
    'SentinelOne lacks a right',
    'sentinelone',
    'Version: 24.1\nMissing Authorizations: Full Disk Access\nAgent Operational State: enabled\nProtection: enabled\n',
    { realTime: false, mode: 'reduced' },
  ],
  [
    'an engine past its end',
    'clamscan-version',
    'ClamAV 0.103.12/27900/Sun Nov 22 11:46:31 2026\n',
    { mode: 'reduced', engineVersion: '0.103.12' },
  ],
  [
    'an extension that is enabled',
    'system-extensions',
    extension('activated enabled'),
    { id: 'crowdstrike', running: true, realTime: null, engineVersion: '7.10' },
  ],
  [
    'an extension that waits for somebody',
    'system-extensions',
    extension('activated waiting for user'),
    { running: null, realTime: false, mode: 'reduced' },
  ],
  [
    'an extension that is going',
    'system-extensions',
    extension('terminated waiting to uninstall on reboot'),
    { code: 'empty' },
  ],
  ['no extension', 'system-extensions', '0 extension(s)\n', { code: 'empty' }],
  ['a list that was cut', 'system-extensions', '1 extension(s)\n', { code: 'parse' }],
  [
    'XProtect of macOS 15',
    'xprotect',
    'Version: 5284 Installed: 2026-11-18 18:42:03 +0000\n',
    { id: 'xprotect', kind: 'builtin', engineVersion: '5284', signaturesAt: Date.UTC(2026, 10, 18, 18, 42, 3) },
  ],
  [
    'XProtect by its bundle',
    'xprotect',
    '<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleIdentifier</key><string>com.apple.XProtect</string><key>CFBundleShortVersionString</key><string>2173</string></dict></plist>',
    { engineVersion: '2173', signaturesAt: null },
  ],
  [
    'XProtect by its receipts',
    'xprotect',
    '<?xml version="1.0"?><plist version="1.0"><array><dict><key>date</key><date>2026-10-01T08:00:00Z</date><key>displayName</key><string>XProtectPlistConfigData</string><key>displayVersion</key><string>2170</string></dict><dict><key>date</key><date>2026-11-02T08:00:00Z</date><key>displayName</key><string>XProtectPlistConfigData</string><key>displayVersion</key><string>2171</string></dict></array></plist>',
    { engineVersion: '2171', signaturesAt: Date.UTC(2026, 10, 2, 8) },
  ],
  [
    'receipts without XProtect',
    'xprotect',
    '<?xml version="1.0"?><plist version="1.0"><array><dict><key>displayName</key><string>Pages</string></dict></array></plist>',
    { code: 'parse' },
  ],
]
