/**
 * Other forms of the tools of RAID controllers: older, newer and longer ones. SOURCE: texts written by us after the guides named in
 * controllers.test.ts, in the manner of ssacli 4.x and 6.x, MegaCli 2.00, 8.00 and 8.07.10, and arcconf 5.x and 2.x.
 */
import { describe, expect, it } from 'vitest'
import { arcconf } from '../../../../agent/checks/disk/arcconf.ts'
import { megacli } from '../../../../agent/checks/disk/megacli.ts'
import { ssacli } from '../../../../agent/checks/disk/ssacli.ts'
import { expectNoDamageImproves, expectNoneCutIsGood, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'

const bay = (n: number, state: string, worn: string) => `
      physicaldrive 2I:1:${n}
         Port: 2I
         Box: 1
         Bay: ${n}
         Drive Type: Data Drive
         Interface Type: Solid State SATA
         Serial Number: S${n}
         SSD Smart Trip Wearout: ${worn}
         Status: ${state}
`
const detail = (states: readonly string[], { cache = 'OK', power = 'OK', media = 'None', worn = 'False' } = {}) => `
HPE Smart Array P408i-a SR Gen10 in Slot 0 (Embedded)
   Bus Interface: PCI
   Slot: 0
   Serial Number: PEYHB0000
   Controller Status: OK
   Firmware Version: 6.52
   Cache Status: ${cache}
   Cache Backup Power Source: Batteries
   Battery/Capacitor Count: 1
   Battery/Capacitor Status: ${power}

   Internal Drive Cage at Port 2I, Box 1, OK

      Drive Bays: 4

   Physical Drives
${states.map((state, n) => `      physicaldrive 2I:1:${n + 1} (port 2I:box 1:bay ${n + 1}, SATA SSD, 960 GB, ${state})\n`).join('')}

   Array: A
      Interface Type: Solid State SATA
      Status: OK
      Array Type: Data

      Logical Drive: 1
         Size: 894 GB
         Fault Tolerance: 1
         Status: OK
         Unrecoverable Media Errors: ${media}
         Drive Type: Data
${states.map((state, n) => bay(n + 1, state, n === 0 ? worn : 'False')).join('')}
`
const GOOD = ['OK', 'OK']
const SEP =
  '\n   SEP (Vendor ID HPE, Model Smart Adapter) 379\n      Device Number: 379\n      Firmware Version: 6.52\n'

describe('disk/ssacli in detail', () => {
  it.each<[string, string, Verdict]>([
    ['whole', detail(GOOD), 'pass'],
    ['trimmed', detail(GOOD).trim().concat('\n'), 'pass'],
    ['with its expander, trimmed', detail(GOOD) + SEP, 'pass'],
    ['a foretold failure', detail(['OK', 'Predictive Failure']), 'warning'],
    ['an SSD that is worn out', detail(GOOD, { worn: 'True' }), 'warning'],
    ['lost data', detail(GOOD, { media: 'Detected' }), 'critical'],
    [
      'a cache that waits for its battery',
      detail(GOOD, { cache: 'Temporarily Disabled', power: 'Recharging' }),
      'info',
    ],
    ['a cache that is off', detail(GOOD, { cache: 'Permanently Disabled', power: 'OK' }), 'warning'],
    ['a battery that failed', detail(GOOD, { power: 'Failed (Replace Batteries)' }), 'critical'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(ssacli, text)).toBe(want)
    expectNoDamageImproves(ssacli, text, /Wearout|Unrecoverable/)
  })
  it('is never good when it was cut', () => {
    expectNoneCutIsGood(ssacli, detail(GOOD))
    expectNoneCutIsGood(
      ssacli,
      '\nSmart Array 642 in Slot 1\n   Controller Status: OK\n   Cache Status: Not Configured\n\n',
    )
  })
})

const bbu = (state: string, replace = 'No') =>
  `\nBBU status for Adapter: 0\n\nBatteryType: iBBU\nVoltage: 4069 mV\nTemperature: 29 C\n\nBBU Firmware Status:\n\n  Voltage                      : OK\n  Learn Cycle Active           : No\n  Battery Pack Missing         : No\n  Battery Replacement required : ${replace}\n\nBattery state: ${state}\n\nGasGuageStatus:\n  Fully Charged           : Yes\n\nRelative State of Charge: 96 %\n\nExit Code: 0x00\n`
const drive = (slot: number) =>
  `Enclosure Device ID: 252\nSlot Number: ${slot}\nMedia Error Count: 0\nOther Error Count: 0\nPredictive Failure Count: 0\nFirmware state: Online, Spun Up\nForeign State: None\n\n\n`
const DRIVES = `\nAdapter #0\n\n${drive(0)}${drive(1)}\nExit Code: 0x00\n`
const NO_BBU =
  '\nAdapter 0: Get BBU Status Failed.\n\nFW error description: \n The required hardware component is not present.  \n\nExit Code: 0x22\n'
const CACHECADE =
  '\n\nAdapter 0 -- Virtual Drive Information:\nVirtual Drive: 0 (Target Id: 0)\nRAID Level          : Primary-6, Secondary-0, RAID Level Qualifier-3\nState               : Optimal\nBad Blocks Exist: No\n\n\nCacheCade Virtual Drive: 1 (Target Id: 1)\nVirtual Drive Type: CacheCade \nName:cachecade0\nSize:512.0 GB\n\n\n\nExit Code: 0x00\n'

const LDPD = `\nAdapter #0\n\nNumber of Virtual Disks: 1\nVirtual Drive: 0 (Target Id: 0)\nRAID Level          : Primary-1, Secondary-0, RAID Level Qualifier-0\nState               : Optimal\nSpan Depth          : 1\nNumber of Spans: 1\nSpan: 0 - Number of PDs: 2\n\nPD: 0 Information\n${drive(0)}PD: 1 Information\n${drive(1)}\nExit Code: 0x00\n`

describe('disk/megacli of other ages', () => {
  it.each<[string, string, Verdict]>([
    ['a battery whose state is left empty', DRIVES + bbu(''), 'pass'],
    ['such a battery to be replaced', DRIVES + bbu('', 'Yes'), 'critical'],
    ['a card without a battery', DRIVES + NO_BBU, 'pass'],
    ['a cache of SSDs that tells no state', CACHECADE, 'pass'],
    ['arrays with their drives', LDPD, 'pass'],
    ['an array with a drive less than it announces', LDPD.replace(/PD: 1 Information[\s\S]*Exit/, 'Exit'), 'unknown'],
    ['an array that tells no state', CACHECADE.replace(/State .*\n/, ''), 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(megacli, text)).toBe(want)
    expectNoDamageImproves(megacli, text)
  })
  it('is never good when it was cut', () => {
    expectNoneCutIsGood(megacli, DRIVES)
    expectNoneCutIsGood(megacli, CACHECADE)
  })
})

type Disk = { readonly old?: boolean; readonly medium?: number | null; readonly state?: string }
const device = (n: number, { old = false, medium = null, state = 'Online' }: Disk) => `      Device #${n}
         Device is a Hard drive
         State                              : ${state}
         Reported Location                  : Enclosure 0, Slot ${n}
         Model                              : ST373455SS
         S.M.A.R.T.                         : No
${old ? '' : '         S.M.A.R.T. warnings                : 0\n         Power State                        : Full rpm\n'}${
  medium === null
    ? ''
    : `      ----------------------------------------------------------------
      Device Phy Information                
      ----------------------------------------------------------------
         Phy #0
            PHY Identifier                  : 0
      ----------------------------------------------------------------
      Runtime Error Counters                
      ----------------------------------------------------------------
         Hardware Error Count               : 0
         Medium Error Count                 : ${medium}
         Aborted Command Count              : 0

`
}`
const config = (
  disks: readonly Disk[],
  { found = 'found', ld = 'Optimal', zmm = 'ZMM Optimal' } = {},
) => `Controllers ${found}: 1
----------------------------------------------------------------------
Controller Information
----------------------------------------------------------------------
   Controller Status                        : Optimal
   Controller Model                         : Adaptec 6805Q
   Defunct disk drive count                 : 0
   --------------------------------------------------------
   RAID Properties
   --------------------------------------------------------
   Logical Devices/Failed/Degraded          : 1/0/0
   --------------------------------------------------------
   Controller ZMM Information
   --------------------------------------------------------
   Status                                   : ${zmm}

----------------------------------------------------------------------
Logical Device Information
----------------------------------------------------------------------
Logical Device Number 0
   RAID Level                               : 1
   Status of Logical Device                 : ${ld}
   --------------------------------------------------------
   Logical Device Segment Information
   --------------------------------------------------------
   Segment 0                                : Present (0,0) A
   Segment 1                                : Present (0,1) B

----------------------------------------------------------------------
Physical Device Information
----------------------------------------------------------------------
${disks.map((disk, n) => device(n, disk)).join('')}
Command completed successfully.
`
const OLD = [{ old: true }, { old: true }]
const COUNTED = [{ medium: 0 }, { medium: 0 }]

describe('disk/arcconf of other ages', () => {
  it.each<[string, string, Verdict]>([
    ['of 2008, without warnings', config(OLD), 'pass'],
    ['with another case', config([{}, {}], { found: 'Found' }), 'pass'],
    ['with counters', config(COUNTED), 'pass'],
    ['with media errors', config([{ medium: 0 }, { medium: 4 }]), 'warning'],
    ['verified for the first time', config([{}, {}], { ld: 'Impacted ( Build/Verify with fix : 90 % )' }), 'warning'],
    ['without its module', config([{}, {}], { zmm: 'ZMM not installed' }), 'pass'],
    [
      'a place without a device',
      config([{}, {}])
        .replace('1/0/0', '2/0/0')
        .replace(
          '\n----------------------------------------------------------------------\nPhysical',
          '\n   No logical devices configured\n\n----------------------------------------------------------------------\nPhysical',
        ),
      'pass',
    ],
    ['one drive of two without its warnings', config([{}, { old: true }]), 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(arcconf, text)).toBe(want)
    expectNoDamageImproves(arcconf, text)
  })
  it('is never good when it was cut', () => {
    expectNoneCutIsGood(arcconf, config(OLD))
    expectNoneCutIsGood(arcconf, config(COUNTED))
  })
})
