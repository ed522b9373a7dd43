/**
 * Windows: firewall, remote desktop, SMB 1, accounts, screen lock, UAC. SOURCE: written by us after the references of NetSecurity, the
 * registry values named in collectors.md 5, MSDN Win32_UserAccount and Get-LocalGroupMember.
 */
import { describe, expect, it } from 'vitest'
import { told, utf16 } from './parse.ts'

const win = (id: string, text: string | Uint8Array) => told(id, text, { platform: 'win32' })
const NAMES = ['Domain', 'Private', 'Public']
const profiles = (enabled: readonly unknown[], action: readonly unknown[] = [4, 4, 4]) =>
  JSON.stringify(NAMES.map((Name, at) => ({ Name, Enabled: enabled[at], DefaultInboundAction: action[at] })))
const key = (path: string, values: object) =>
  `[HKEY_LOCAL_MACHINE\\${path}]\n${Object.entries(values)
    .map(
      ([name, value]) =>
        `"${name}"=${typeof value === 'number' ? `dword:${value.toString(16).padStart(8, '0')}` : `"${value}"`}`,
    )
    .join('\n')}\n\n`
const reg = (...keys: readonly string[]) => utf16(`Windows Registry Editor Version 5.00\n\n${keys.join('')}`)

describe('firewall profiles', () => {
  it.each<[string, string, unknown]>([
    [
      'all on',
      profiles([1, 1, 1]),
      expect.objectContaining({ tool: 'windows-firewall', enabled: true, inbound: 'drop' }),
    ],
    [
      'strings of PowerShell 7',
      profiles(['True', 'True', 'True'], ['NotConfigured', 'Block', 'NotConfigured']),
      expect.objectContaining({ enabled: true, inbound: 'drop' }),
    ],
    [
      'public off',
      profiles([1, 1, 0]),
      expect.objectContaining({
        enabled: false,
        inbound: 'accept',
        profiles: expect.arrayContaining([{ name: 'public', enabled: false, inbound: 'drop' }]),
      }),
    ],
    [
      'private lets everything in',
      profiles([1, 1, 1], [4, 2, 4]),
      expect.objectContaining({ enabled: true, inbound: 'accept' }),
    ],
    [
      'an action is not told',
      profiles([1, 1, 1], [4, null, 4]),
      expect.objectContaining({ enabled: true, inbound: null }),
    ],
    ['not configured is not on', profiles([1, 2, 1]), { code: 'parse' }],
    ['not configured beside one that is off', profiles([0, 2, 1]), expect.objectContaining({ enabled: false })],
    ['two profiles of three', JSON.stringify(JSON.parse(profiles([1, 1, 1])).slice(0, 2)), { code: 'parse' }],
    [
      'a table',
      'Name    Enabled DefaultInboundAction\n----    ------- --------------------\nDomain  True    Block\nPrivate True    NotConfigured\nPublic  False   Block\n',
      expect.objectContaining({ enabled: false }),
    ],
    [
      'a list',
      NAMES.map((name) => `Name : ${name}\nEnabled : True\nDefaultInboundAction : Block\n`).join('\n'),
      expect.objectContaining({ enabled: true, inbound: 'drop' }),
    ],
    ['no profile', '[]', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(win('windows-firewall-profiles', text)).toEqual(want))
})

describe('firewall registry', () => {
  const LOCAL = 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\'
  const POLICY = 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\'
  const ON = ['DomainProfile', 'StandardProfile', 'PublicProfile'].map((name) =>
    key(LOCAL + name, { EnableFirewall: 1 }),
  )
  const script = (...more: object[]) =>
    JSON.stringify({
      blocks: {
        'firewall-registry': {
          ok: [
            ...['DomainProfile', 'StandardProfile', 'PublicProfile'].map((name) => ({
              Key: `HKLM\\${LOCAL}${name}`,
              Exists: true,
              EnableFirewall: 1,
              DefaultInboundAction: 1,
            })),
            ...more,
          ],
        },
      },
    })
  it.each<[string, string | Uint8Array, unknown]>([
    ['all on, what they let in is not told', reg(...ON), expect.objectContaining({ enabled: true, inbound: null })],
    [
      'policy over local',
      reg(...ON, key(`${POLICY}PublicProfile`, { EnableFirewall: 0 })),
      expect.objectContaining({ enabled: false }),
    ],
    [
      'policy on over local off',
      reg(
        key(`${LOCAL}PublicProfile`, { EnableFirewall: 0 }),
        ...ON.slice(0, 2),
        key(`${POLICY}PublicProfile`, { EnableFirewall: 1 }),
      ),
      expect.objectContaining({ enabled: true }),
    ],
    ['one profile proves nothing of the others', reg(ON[1] ?? ''), { code: 'parse' }],
    [
      'one profile that is off',
      reg(key(`${LOCAL}StandardProfile`, { EnableFirewall: 0 })),
      expect.objectContaining({ enabled: false }),
    ],
    [
      'reg query',
      ['DomainProfile', 'StandardProfile', 'PublicProfile']
        .map((name) => `HKEY_LOCAL_MACHINE\\${LOCAL}${name}\n    EnableFirewall    REG_DWORD    0x1\n`)
        .join('\n'),
      expect.objectContaining({ enabled: true }),
    ],
    [
      'our script, services run',
      script({ Service: 'mpssvc', State: 4 }, { Service: 'BFE', State: 4 }),
      expect.objectContaining({ enabled: true, inbound: 'drop' }),
    ],
    [
      'our script, the service is stopped',
      script({ Service: 'mpssvc', State: 1 }),
      expect.objectContaining({ enabled: false, inbound: 'accept' }),
    ],
    ['the base engine is stopped', script({ Service: 'BFE', State: 1 }), expect.objectContaining({ enabled: false })],
    ['no key', 'Windows Registry Editor Version 5.00\n', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(win('windows-firewall-registry', text)).toEqual(want))
})

describe('remote desktop', () => {
  const SERVER = 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server'
  const TCP = `${SERVER}\\WinStations\\RDP-Tcp`
  const POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services'
  const state = (enabled: boolean, networkLevelAuthentication: boolean | null, port: number | null = 3389) => ({
    enabled,
    networkLevelAuthentication,
    port,
    tools: [],
  })
  const on = [key(SERVER, { fDenyTSConnections: 0 }), key(TCP, { UserAuthentication: 1, PortNumber: 3389 })]
  it.each<[string, string | Uint8Array, unknown]>([
    ['on with NLA', reg(...on), state(true, true)],
    [
      'on without NLA',
      reg(on[0] ?? '', key(TCP, { UserAuthentication: 0, PortNumber: 3390 })),
      state(true, false, 3390),
    ],
    ['off', reg(key(SERVER, { fDenyTSConnections: 1 })), state(false, null, null)],
    [
      'policy switches it on',
      reg(
        key(SERVER, { fDenyTSConnections: 1 }),
        on[1] ?? '',
        key(POLICY, { fDenyTSConnections: 0, UserAuthentication: 0 }),
      ),
      state(true, false),
    ],
    [
      'the service is stopped',
      JSON.stringify([
        { Key: `HKLM\\${SERVER}`, fDenyTSConnections: 0 },
        { Service: 'TermService', State: 1 },
      ]),
      state(false, null, null),
    ],
    ['bare values', '{"fDenyTSConnections":0,"UserAuthentication":1,"PortNumber":3389}', state(true, true)],
    ['not told', reg(on[1] ?? ''), { code: 'empty' }],
  ])('%s', (_, text, want) => expect(win('windows-rdp', text)).toEqual(want))
})

describe('SMB 1', () => {
  const PATH = 'SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters'
  it.each<[string, string | Uint8Array, unknown]>([
    ['off by the server', '{"EnableSMB1Protocol":false}', { enabled: false }],
    ['on by the server', 'EnableSMB1Protocol : True\nEnableSMB2Protocol : True\n', { enabled: true }],
    ['on by the registry', reg(key(PATH, { SMB1: 1 })), { enabled: true }],
    ['off by the registry', reg(key(PATH, { SMB1: 0 })), { enabled: false }],
    ['the registry says nothing', reg(key(PATH, { SMB2: 1 })), { code: 'empty' }],
    ['the feature', 'FeatureName : SMB1Protocol\nState : Disabled\n', { enabled: false }],
    [
      'the feature with its payload removed',
      'FeatureName : SMB1Protocol\nState : DisabledWithPayloadRemoved\n',
      { enabled: false },
    ],
    ['one of two says on', '[{"EnableSMB1Protocol":false},{"SMB1":1}]', { enabled: true }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(win('windows-smb1', text)).toEqual(want))
})

describe('accounts', () => {
  const sid = (rid: number) => `S-1-5-21-1-2-3-${rid}`
  const account = (rid: number, Disabled: boolean, LocalAccount = true) => ({ SID: sid(rid), Disabled, LocalAccount })
  const none = {
    administrators: null,
    guestEnabled: null,
    automaticLogin: null,
    emptyPasswords: null,
    builtinAdministratorEnabled: null,
  }
  it.each<[string, string, unknown]>([
    [
      'by number, whatever the name',
      JSON.stringify([account(500, true), account(501, true), account(1001, false)]),
      { ...none, guestEnabled: false, builtinAdministratorEnabled: false },
    ],
    ['guest on', JSON.stringify([account(501, false)]), { ...none, guestEnabled: true }],
    [
      'accounts of the domain are not counted',
      JSON.stringify([account(501, true), account(501, false, false)]),
      { ...none, guestEnabled: false },
    ],
    [
      'a WMI dump',
      `Disabled=FALSE\nLocalAccount=TRUE\nName=Invité\nSID=${sid(501)}\n`,
      { ...none, guestEnabled: true },
    ],
    [
      'Get-LocalUser',
      JSON.stringify([{ Enabled: true, SID: { Value: sid(500) } }]),
      { ...none, builtinAdministratorEnabled: true },
    ],
    [
      'members',
      JSON.stringify([
        { ObjectClass: 'User', SID: { Value: sid(500) }, PrincipalSource: 1 },
        { ObjectClass: 'Group', SID: { Value: sid(512) }, PrincipalSource: 2 },
      ]),
      { ...none, administrators: 2 },
    ],
    [
      'the sleeping administrator is none',
      JSON.stringify([
        { Kind: 'account', Rid: 500, Disabled: true, LocalAccount: true },
        { Kind: 'administrator', Rid: 500 },
        { Kind: 'administrator', Rid: 1001 },
        { Kind: 'winlogon', Told: true, AutoAdminLogon: '' },
      ]),
      { ...none, administrators: 1, builtinAdministratorEnabled: false, automaticLogin: false },
    ],
    ['somebody is signed in by itself', '{"AutoAdminLogon":"1"}', { ...none, automaticLogin: true }],
    ['nobody is told', '[]', { code: 'empty' }],
    [
      'who is signed in now (quser) is no account',
      ' USERNAME  SESSIONNAME  ID  STATE\n>x  rdp-tcp#0  5  Active\n',
      { code: 'parse' },
    ],
  ])('%s', (_, text, want) => expect(win('windows-accounts', text)).toEqual(want))
})

describe('screen lock and UAC', () => {
  const DESKTOP = 'HKEY_USERS\\S-1-5-21-1\\Control Panel\\Desktop'
  const saver = (values: object, path = DESKTOP) =>
    `[${path}]\n${Object.entries(values)
      .map(([name, value]) => `"${name}"="${value}"`)
      .join('\n')}\n`
  const SYSTEM = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'
  it.each<[string, string | Uint8Array, unknown]>([
    ['a limit of the machine', reg(key(SYSTEM, { InactivityTimeoutSecs: 900 })), { state: 'on', afterSeconds: 900 }],
    [
      'a screen saver that asks',
      reg(saver({ ScreenSaveActive: 1, ScreenSaverIsSecure: 1, ScreenSaveTimeOut: 600 })),
      { state: 'on', afterSeconds: 600 },
    ],
    [
      'a screen saver that does not ask',
      reg(saver({ ScreenSaveActive: 1, ScreenSaverIsSecure: 0 })),
      { state: 'off', afterSeconds: null },
    ],
    [
      'policy over own setting',
      reg(
        saver({ ScreenSaveActive: 1, ScreenSaverIsSecure: 0 }),
        saver(
          { ScreenSaverIsSecure: 1 },
          'HKEY_USERS\\S-1-5-21-1\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop',
        ),
      ),
      { state: 'on', afterSeconds: null },
    ],
    ['no word on the password', reg(saver({ ScreenSaveActive: 1 })), { code: 'empty' }],
    ['nobody', reg(key(SYSTEM, { EnableLUA: 1 })), { code: 'empty' }],
  ])('%s', (_, text, want) => expect(win('windows-screen-lock', text)).toEqual(want))
  it.each<[string | Uint8Array, unknown]>([
    [reg(key(SYSTEM, { EnableLUA: 1 })), { gatekeeper: null, sip: null, uac: true }],
    ['{"EnableLUA":0}', { gatekeeper: null, sip: null, uac: false }],
    [reg(key(SYSTEM, { Other: 1 })), { code: 'empty' }],
  ])('UAC', (text, want) => expect(win('windows-uac', text)).toEqual(want))
})
