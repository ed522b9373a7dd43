/** The task of the room antivirus on Windows and macOS, against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { ANTIVIRUS_TASKS } from '../../../../agent/checks/antivirus/index.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { sectionOf } from '../../../support/sections.ts'
import { NOW } from './parse.ts'

async function collect(table: FakeTable, off: readonly string[] = []) {
  const probe = fakeProbe(table)
  const context = { probe, now: NOW, off: new Set(off), memo: new Map(), watch: { watches: [], hookFolder: '/hooks' } }
  const contributions = []
  for (const task of ANTIVIRUS_TASKS) contributions.push(await task.collect(context))
  const section = sectionOf('antivirus', ...contributions)
  const samples = Object.assign({}, ...contributions.map((one) => one.samples)) as { [key: string]: number | null }
  const products = section.products.state === 'value' ? section.products.value : section.products
  return { section, products, samples, calls: probe.calls }
}

const FRESH = 'Tue, 24 Nov 2026 08:11:02 GMT'
const MP = {
  AMRunningMode: 'Normal',
  AMServiceEnabled: true,
  AntivirusEnabled: true,
  RealTimeProtectionEnabled: true,
  AntivirusSignatureLastUpdated: '2026-11-25T04:00:00.0000000Z',
  AntivirusSignatureAge: 0,
  DefenderSignaturesOutOfDate: false,
}
const NO_NAMESPACE = { error: -2147217394, message: 'x' }
const STOPPED = { error: -2147416390, message: 'x' }
const row = (displayName: string, productState: number) => ({
  displayName,
  instanceGuid: '{1}',
  productState,
  timestamp: FRESH,
})
const service = (Name: string, State = 'Running') => ({ Name, State })
const BLOCKS = {
  'security-center': { ok: [row('Windows Defender', 397568)] },
  defender: { ok: [MP] },
  'protection-services': { ok: [service('WinDefend'), service('Sense', 'Stopped')] },
  'defender-registry': { ok: [] },
  'sophos-health': { ok: [] },
  'defender-threats': { ok: [] },
}
const windows = (change: object = {}): FakeTable => ({
  platform: 'win32',
  exec: { powershell: JSON.stringify({ rounds: 1, blocks: { ...BLOCKS, ...change } }) },
})
const defender = (change: object) => ({ ok: [{ ...MP, ...change }] })

describe('Windows', () => {
  it('joins services, Security Center and Defender', async () => {
    const { section, products, samples } = await collect(windows())
    expect(products).toMatchObject([
      {
        id: 'windows-defender',
        kind: 'antivirus',
        running: true,
        realTime: true,
        mode: 'active',
        signaturesCurrent: true,
      },
    ])
    expect(samples['product:windows-defender:signaturesAt']).toBe(Date.UTC(2026, 10, 25, 4))
    expect(section.threats).toMatchObject({ state: 'value', value: { active: 0, handled: 0 } })
    expect(section.products).toMatchObject({ source: 'antivirus/windows-products' })
  })

  const ESET_ON = { 'security-center': { ok: [row('Windows Defender', 393472), row('ESET Security', 266240)] } }
  it.each<[string, object, object]>([
    [
      'another protects and Defender is passive',
      {
        ...ESET_ON,
        defender: defender({ AMRunningMode: 'Passive Mode' }),
        'protection-services': { ok: [service('WinDefend'), service('ekrn')] },
      },
      [
        { id: 'windows-defender', realTime: false, mode: 'passive' },
        { id: 'eset', running: true, realTime: true },
      ],
    ],
    [
      'another says that it is on and has no service',
      ESET_ON,
      [
        { id: 'windows-defender', realTime: false },
        { id: 'eset', running: null, realTime: null },
      ],
    ],
    [
      'another that is not in the table',
      { 'security-center': { ok: [row('Huorong', 266240)] } },
      [{ id: 'windows-defender' }, { id: 'huorong', running: true, realTime: true }],
    ],
    [
      'a Windows Server has no Security Center',
      { 'security-center': { ok: [{ InstallationType: 'Server' }] } },
      [{ id: 'windows-defender', running: true, realTime: true }],
    ],
    [
      'a server without Defender',
      {
        'security-center': NO_NAMESPACE,
        defender: NO_NAMESPACE,
        'defender-threats': NO_NAMESPACE,
        'protection-services': { ok: [] },
      },
      [],
    ],
    [
      'the service of Defender is stopped',
      {
        defender: STOPPED,
        'defender-threats': STOPPED,
        'protection-services': { ok: [service('WinDefend', 'Stopped')] },
      },
      [{ running: false, realTime: false, mode: 'off' }],
    ],
    [
      'Defender does not answer, its registry does',
      {
        defender: { error: -2147217407, message: 'x' },
        'security-center': { ok: [] },
        'defender-registry': { ok: [{ AVSignatureVersion: '1.4', DisableRealtimeMonitoring: 1 }] },
      },
      [{ running: true, realTime: false, mode: 'off' }],
    ],
    [
      'a Defender that contradicts the Security Center is off',
      { 'security-center': { ok: [row('Windows Defender', 393472)] } },
      [{ realTime: false }],
    ],
    [
      'a service proves no more than that it runs',
      { 'protection-services': { ok: [service('WinDefend'), service('CSFalconService')] } },
      [{}, { id: 'crowdstrike', running: true, realTime: null }],
    ],
    [
      'a client whose Security Center is broken, nothing proven',
      {
        'security-center': { error: -2147217405, message: 'x' },
        defender: defender({ AMRunningMode: 'EDR Block Mode' }),
      },
      { code: 'access-denied' },
    ],
    [
      'services do not answer',
      { 'protection-services': { error: -2147024891, message: 'x' } },
      { code: 'access-denied' },
    ],
  ])('%s', async (_, change, want) => expect((await collect(windows(change))).products).toMatchObject(want))

  it('says why threats are not known, and that nobody tells them', async () => {
    const denied = await collect(windows({ 'defender-threats': { error: -2147024891, message: 'x' } }))
    expect(denied.section.threats).toMatchObject({ state: 'failed', code: 'access-denied' })
    const none = await collect(windows({ 'defender-threats': NO_NAMESPACE }))
    expect(none.section.threats).toMatchObject({ state: 'failed', code: 'unsupported' })
  })

  it('fails whole without PowerShell, and when switched off', async () => {
    expect((await collect({ platform: 'win32' })).products).toMatchObject({ code: 'tool-missing' })
    expect((await collect(windows(), ['antivirus/products'])).products).toMatchObject({ code: 'disabled' })
  })
})

const INFO =
  '<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleShortVersionString</key><string>2173</string></dict></plist>'
const HISTORY =
  '<?xml version="1.0"?><plist version="1.0"><array><dict><key>date</key><date>2026-11-02T08:00:00Z</date><key>displayName</key><string>XProtectPlistConfigData</string></dict></array></plist>'
const FALCON =
  '1 extension(s)\n--- com.apple.system_extension.endpoint_security\n*\t*\tX9E956P446\tcom.crowdstrike.falcon.Agent (7.10/174.04)\tFalcon\t[activated enabled]\n'
const mac = (exec: FakeTable['exec'] = {}, files: FakeTable['files'] = {}): FakeTable => ({
  platform: 'darwin',
  exec: { 'systemextensionsctl list': '0 extension(s)\n', ...exec },
  files: {
    '/Library/Apple/System/Library/CoreServices/XProtect.bundle/Contents/Info.plist': INFO,
    '/Library/Receipts/InstallHistory.plist': HISTORY,
    ...files,
  },
})

describe('macOS', () => {
  it('knows what is built in, by its files', async () => {
    const { products, samples, section } = await collect(mac())
    expect(products).toMatchObject([{ id: 'xprotect', kind: 'builtin', engineVersion: '2173', running: null }])
    expect(samples).toEqual({ 'product:xprotect:signaturesAt': Date.UTC(2026, 10, 2, 8) })
    expect(section.threats).toMatchObject({ state: 'failed', code: 'unsupported' })
  })

  it('asks the tool of macOS 15 first', async () => {
    const { products, samples } = await collect(
      mac({ 'xprotect version': 'Version: 5284 Installed: 2026-11-18 18:42:03 +0000\n' }),
    )
    expect(products).toMatchObject([{ engineVersion: '5284' }])
    expect(samples['product:xprotect:signaturesAt']).toBe(Date.UTC(2026, 10, 18, 18, 42, 3))
  })

  it('joins an extension with what its own tool says', async () => {
    const stats = '=== agent_info ===\nversion: 7.10\nSensor operational: true\n'
    const exec = { 'systemextensionsctl list': FALCON, 'falconctl stats agent_info': stats }
    expect((await collect(mac(exec))).products).toMatchObject([
      { id: 'xprotect' },
      { id: 'crowdstrike', running: true, realTime: true },
    ])
    expect((await collect(mac({ 'systemextensionsctl list': FALCON }))).products).toMatchObject([
      {},
      { running: true, realTime: null },
    ])
  })

  it('lists a product without an extension as not told', async () => {
    const { products } = await collect(mac({}, { '/Applications/Cortex XDR.app': '' }))
    expect(products).toMatchObject([{ id: 'xprotect' }, { id: 'cortex', running: null, realTime: null }])
  })

  it('counts a threat that SentinelOne tells of', async () => {
    const exec = {
      'sentinelctl status':
        'Version: 24.1\nMissing Authorizations:\nAgent Operational State: enabled\nProtection: enabled\nInfected: yes\n',
    }
    const { section } = await collect(mac(exec, { '/Applications/SentinelOne': '' }))
    expect(section.threats).toMatchObject({ state: 'value', value: { active: 1 } })
  })
})
