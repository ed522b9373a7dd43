/**
 * Outputs written by us after the documentation of each tool, for forms that no recording shows. Pure data.
 *
 * SOURCE: dnf5 advisory (pull request 1531 of rpm-software-management/dnf5), dnf5 changes of 5.3, rpm-ostree(1), apk(8), wuapi.h and
 * "Windows Update Agent API" of Microsoft, softwareupdate(8), notes/collectors.md 3.
 */

/** One output; `exitCode` 0 unless told. */
export type Written = {
  readonly id: `patch/${string}`
  readonly name: string
  readonly text: string
  readonly exitCode?: number
}

const json = (value: unknown) => JSON.stringify(value)
export const SECURITY_GUID = '0fa1201d-4330-4fa8-8ae9-b877473b6441'
export const DEFINITION_GUID = 'e0789628-ce08-4437-be74-2495b842f43b'
export const DRIVER_GUID = 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0'

const update = (change: object) => ({
  Kind: 'update',
  Title: '2026-11 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5068861) (26100.7171)',
  KBArticleIDs: '5068861',
  MsrcSeverity: '',
  Categories: SECURITY_GUID,
  Type: 1,
  IsHidden: false,
  BrowseOnly: false,
  LastDeploymentChangeTime: '2026-11-11T18:00:00.0000000Z',
  ...change,
})
const search = (ResultCode: number, updates: readonly object[]) => [
  { Kind: 'search', Online: false, ResultCode, Count: updates.length },
  ...updates,
]
const POLICY = {
  InstallationType: 'Client',
  UsesServer: -1,
  NoAutoUpdate: -1,
  AUOptions: -1,
  LocalAUOptions: -1,
  AllowAutoUpdate: -1,
  PauseUpdatesExpiryTime: '-1',
  ServiceStart: 3,
  ManagedByCcm: false,
}
const REBOOT = {
  CbsRebootPending: false,
  CbsRebootInProgress: false,
  CbsPackagesPending: false,
  WindowsUpdateRebootRequired: false,
  ComputerRenamePending: false,
  DomainJoinPending: false,
  PendingFileRenames: 12,
}

export const WRITTEN: readonly Written[] = [
  {
    id: 'patch/dnf-updateinfo',
    name: 'dnf 5 as JSON',
    text: json([
      {
        name: 'FEDORA-2026-1bbec06c4d',
        type: 'security',
        severity: 'Important',
        nevra: 'vim-data-2:9.2.280-1.fc42.noarch',
        buildtime: '2026-04-08 07:44:03',
      },
      {
        name: 'FEDORA-2026-a',
        type: 'unspecified',
        severity: 'None',
        nevra: 'yum-4.19.2-1.fc42.noarch',
        buildtime: 1775634243,
      },
    ]),
  },
  {
    id: 'patch/dnf-updateinfo',
    name: 'dnf 5 summary',
    text: 'Available advisory information summary:\nSecurity    : 2\n  Important : 1\nBugfix      : 3\n',
  },
  {
    id: 'patch/rpm-needs-restarting',
    name: 'not due',
    text: 'No core libraries or services have been updated since boot-up.\nReboot should not be necessary.\n',
  },
  {
    id: 'patch/rpm-ostree',
    name: 'a staged deployment and a cached update',
    text: json({
      deployments: [
        { booted: false, staged: true, version: '42.2' },
        { booted: true, staged: false, version: '42.1' },
      ],
      'cached-update': {
        version: '42.2',
        'rpm-diff': {
          upgraded: [
            ['vim-data', 'x', 'y'],
            ['zstd', 'x', 'y'],
          ],
        },
        advisories: [['FEDORA-2026-1', 1, 3, ['vim-data-2:9.2.280-1.fc42.noarch'], {}]],
      },
    }),
  },
  {
    id: 'patch/rpm-ostree',
    name: 'nothing staged',
    text: json({
      deployments: [
        { booted: true, staged: false },
        { booted: false, staged: false },
      ],
      'cached-update': null,
    }),
  },
  {
    id: 'patch/apk',
    name: 'two wait',
    text: 'Installed:                                Available:\nbusybox-1.36.1-r2                       < 1.36.1-r5\nlibcrypto3-3.3.0-r1                     < 3.3.2-r0\n',
  },
  { id: 'patch/apk', name: 'none waits', text: 'Installed:                                Available:\n' },
  {
    id: 'patch/apk',
    name: 'as a list',
    text: 'busybox-1.36.1-r5 x86_64 {busybox} (GPL-2.0-only) [upgradable from: busybox-1.36.1-r2]\n',
  },
  { id: 'patch/apt-check', name: 'two numbers', text: '178;122' },
  {
    id: 'patch/apt-check',
    name: 'sentences',
    text: '178 updates can be applied immediately.\n122 of these updates are standard security updates.\nTo see these additional updates run: apt list --upgradable\n',
  },
  {
    id: 'patch/unattended-upgrades',
    name: 'failed twice',
    text: [
      '2026-11-20 06:12:33,123 INFO Starting unattended upgrades script',
      '2026-11-20 06:12:40,000 INFO Packages that will be upgraded: libc6',
      '2026-11-20 06:13:40,000 INFO All upgrades installed',
      '2026-11-21 06:12:33,123 INFO Starting unattended upgrades script',
      '2026-11-21 06:12:40,000 ERROR Installing the upgrades failed!',
      '2026-11-21 06:12:40,001 ERROR error message: x',
      '2026-11-22 06:12:33,123 INFO Starting unattended upgrades script',
      '2026-11-22 06:12:40,000 ERROR Installing the upgrades failed!',
      '',
    ].join('\n'),
  },
  {
    id: 'patch/windows-updates',
    name: 'of every kind',
    text: json(
      search(2, [
        update({}),
        update({ Title: 'Security Intelligence Update (KB2267602)', Categories: DEFINITION_GUID }),
        update({ Title: 'Intel - net - 12.19', Categories: DRIVER_GUID, Type: 2 }),
        update({ Title: '2026-11 Cumulative Update Preview (KB5070000)', BrowseOnly: true }),
      ]),
    ),
  },
  { id: 'patch/windows-updates', name: 'none', text: json(search(2, [])) },
  { id: 'patch/windows-updates', name: 'found with errors', text: json(search(3, [])) },
  {
    id: 'patch/windows-update-history',
    name: 'one keeps failing',
    text: json([
      { Kind: 'history', Count: 4 },
      ...[4, 4, 4].map((ResultCode, at) => ({
        Kind: 'entry',
        Title: '2026-11 Cumulative Update for Windows 11 (KB5068861)',
        Operation: 1,
        ResultCode,
        HResult: -2145124329,
        Date: `2026-11-2${at}T03:00:00.0000000Z`,
      })),
      {
        Kind: 'entry',
        Title: '2026-09 Cumulative Update for Windows 11 (KB5065426)',
        Operation: 1,
        ResultCode: 2,
        HResult: 0,
        Date: '2026-09-12T03:00:00.0000000Z',
      },
    ]),
  },
  { id: 'patch/windows-update-policy', name: 'default of a client', text: json(POLICY) },
  { id: 'patch/windows-update-policy', name: 'switched off', text: json({ ...POLICY, NoAutoUpdate: 1 }) },
  { id: 'patch/windows-reboot', name: 'renames only', text: json(REBOOT) },
  { id: 'patch/windows-reboot', name: 'after an update', text: json({ ...REBOOT, WindowsUpdateRebootRequired: true }) },
  {
    id: 'patch/softwareupdate-list',
    name: 'macOS 14',
    text: 'Software Update Tool\n\nFinding available software\nSoftware Update found the following new or updated software:\n* Label: macOS Sonoma 14.6.1-23G93\n\tTitle: macOS Sonoma 14.6.1, Version: 14.6.1, Size: 1564783KiB, Recommended: YES, Action: restart, \n* Label: Command Line Tools for Xcode-15.3\n\tTitle: Command Line Tools for Xcode, Version: 15.3, Size: 707501KiB, Recommended: YES, \n',
  },
  {
    id: 'patch/softwareupdate-list',
    name: 'macOS 10.13',
    text: 'Software Update Tool\n\nFinding available software\nSoftware Update found the following new or updated software:\n   * Security Update 2018-002-10.13\n\tSecurity Update 2018-002 (10.13), 1890512K [recommended] [restart]\n   * Safari12.0-12.0\n\tSafari (12.0), 66560K [recommended]\n',
  },
  {
    id: 'patch/softwareupdate-list',
    name: 'none',
    text: 'Software Update Tool\n\nFinding available software\nNo new software available.\n',
  },
]
