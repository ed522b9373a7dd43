/**
 * Tools of RAID controllers. SOURCE: texts written by us after the StorCLI Reference Manual (12Gb/s, Broadcom 2020), MegaCLI 8.07's help and
 * output forms described in its User Guide, the HPE Smart Storage Administrator guide, and the ARCCONF Command Line Utility guide.
 */
import { describe, expect, it } from 'vitest'
import { arcconf } from '../../../../agent/checks/disk/arcconf.ts'
import { megacli } from '../../../../agent/checks/disk/megacli.ts'
import { ssacli } from '../../../../agent/checks/disk/ssacli.ts'
import { storcli } from '../../../../agent/checks/disk/storcli.ts'
import { expectNoDamageImproves, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'

const pd = (slot: string, State: string, DG: number | string = 0) => ({
  'EID:Slt': slot,
  DID: 1,
  State,
  DG,
  Size: '1 TB',
  Model: 'ST1000 ',
})
const storJson = (
  drives: object[],
  vd = 'Optl',
  { status = 'Optimal', more = {} as object, count = drives.length } = {},
) =>
  JSON.stringify(
    {
      Controllers: [
        {
          'Command Status': { Controller: 0, Status: 'Success', Description: 'None' },
          'Response Data': {
            Basics: { Controller: 0, Model: 'PERC H730', 'Serial Number': 'S1' },
            Status: { 'Controller Status': status },
            'Virtual Drives': 1,
            'VD LIST': [{ 'DG/VD': '0/0', TYPE: 'RAID1', State: vd }],
            'Physical Drives': count,
            'PD LIST': drives,
            ...more,
          },
        },
      ],
    },
    null,
    1,
  )
const GOOD = [pd('252:0', 'Onln'), pd('252:1', 'Onln')]
const bbu = (State: string) => ({
  more: { HwCfg: { BBU: 'Present' }, BBU_Info: [{ Model: 'iBBU', State, Temp: '34C' }] },
})
const detail = (media: number, predicted: number, alert = 'No') =>
  JSON.stringify(
    {
      Controllers: [
        {
          'Command Status': { Controller: 0, Status: 'Success' },
          'Response Data': {
            'Drive /c0/e252/s0': [pd('252:0', 'Onln')],
            'Drive /c0/e252/s0 - Detailed Information': {
              'Drive /c0/e252/s0 State': {
                'Media Error Count': media,
                'Other Error Count': 5,
                'Predictive Failure Count': predicted,
                'S.M.A.R.T alert flagged by drive': alert,
              },
              'Drive /c0/e252/s0 Device attributes': { SN: 'Z1', 'Model Number': 'ST1000' },
            },
          },
        },
      ],
    },
    null,
    1,
  )
const storText = (rows: string[], status = 'Optimal') => `CLI Version = 007.1613.0000.0000 Oct 29, 2020
Operating system = Linux 5.10
Controller = 0
Status = Success
Description = None


Basics :
======
Controller = 0
Model = PERC H730
Serial Number = S1


Status :
======
Controller Status = ${status}

Virtual Drives = 1

VD LIST :
=======

---------------------------------------------------------------
DG/VD TYPE  State Access Consist Cache Cac sCC       Size Name
---------------------------------------------------------------
0/0   RAID1 Optl  RW     Yes     NRWTD -   OFF 278.875 GB sys 1
---------------------------------------------------------------

VD=Virtual Drive| DG=Drive Group|Rec=Recovery

Physical Drives = 2

PD LIST :
=======

-----------------------------------------------------------------------
EID:Slt DID State DG     Size Intf Med SED PI SeSz Model            Sp
-----------------------------------------------------------------------
${rows.join('\n')}
-----------------------------------------------------------------------
`
const T0 = '32:0      0 Onln   0 278.875 GB SAS  HDD N   N  512B ST300MM0006      U'
const T1 = '32:1      1 Onln   0 278.875 GB SAS  HDD N   N  512B ST300 MM 0006    U'

describe('disk/storcli', () => {
  it.each<[string, string, Verdict]>([
    ['whole', storJson(GOOD), 'pass'],
    ['optimal above a drive that is bad', storJson([...GOOD, pd('252:2', 'UBad', '-')]), 'critical'],
    ['a drive less than counted', storJson(GOOD, 'Optl', { count: 3 }), 'unknown'],
    ['a foreign drive', storJson([...GOOD, pd('252:2', 'UGood', 'F')]), 'warning'],
    ['a spare', storJson([...GOOD, pd('252:2', 'GHS', '-')]), 'pass'],
    ['degraded', storJson([GOOD[0] ?? {}, pd('252:1', 'Offln')], 'Dgrd', { status: 'Needs Attention' }), 'critical'],
    ['rebuilding', storJson([GOOD[0] ?? {}, pd('252:1', 'Rbld')], 'Dgrd', { status: 'Degraded' }), 'critical'],
    ['battery optimal', storJson(GOOD, 'Optl', bbu('Optimal')), 'pass'],
    ['battery failed', storJson(GOOD, 'Optl', bbu('Failed')), 'critical'],
    ['battery whose state is gone', storJson(GOOD, 'Optl', { more: { HwCfg: { BBU: 'Present' } } }), 'unknown'],
    ['no word of the controller', storJson(GOOD, 'Optl', { more: { Status: {} } }), 'unknown'],
    ['a drive in detail', detail(0, 0), 'pass'],
    ['media errors', detail(7, 0), 'warning'],
    ['foretold by count', detail(0, 1), 'warning'],
    ['foretold by alert', detail(0, 0, 'Yes'), 'warning'],
    ['text', storText([T0, T1]), 'pass'],
    ['text with a bad drive', storText([T0, T1.replace('Onln', 'UBad')]), 'critical'],
    [
      'no controller',
      JSON.stringify({
        Controllers: [{ 'Command Status': { Status: 'Success' }, 'Response Data': { 'Number of Controllers': 0 } }],
      }),
      'pass',
    ],
    [
      'a failure',
      JSON.stringify({
        Controllers: [{ 'Command Status': { Status: 'Failure', Description: 'Controller 0 not found' } }],
      }),
      'unknown',
    ],
    [
      'the overview',
      JSON.stringify({
        Controllers: [
          {
            'Command Status': { Status: 'Success' },
            'Response Data': { 'System Overview': [{ Ctl: 0, Model: 'PERC', Hlth: 'NdAtn', BBU: 'Opt' }] },
          },
        ],
      }),
      'warning',
    ],
  ])('%s', (_, text, want) => {
    expect(verdictOf(storcli, text)).toBe(want)
    expectNoDamageImproves(storcli, text)
  })
})

const megaPd = (
  slot: number,
  state: string,
  { media = 0, predicted = 0, alert = 'No' } = {},
) => `Enclosure Device ID: 32
Slot Number: ${slot}
Device Id: ${slot}
Media Error Count: ${media}
Other Error Count: 2
Predictive Failure Count: ${predicted}
Last Predictive Failure Event Seq Number: 0
PD Type: SAS
Firmware state: ${state}
Inquiry Data: SEAGATE ST3146356SS     HS09
Foreign State: None
Drive has flagged a S.M.A.R.T alert : ${alert}
`
const megaList = (...drives: string[]) => `\nAdapter #0\n\n${drives.join('\n\n')}\n\nExit Code: 0x00\n`
const megaLd = (state: string) =>
  `\n\nAdapter 0 -- Virtual Drive Information:\nVirtual Drive: 0 (Target Id: 0)\nName                :\nRAID Level          : Primary-1, Secondary-0, RAID Level Qualifier-0\nState               : ${state}\nNumber Of Drives    : 2\nSpan Depth          : 1\nBad Blocks Exist: No\n\n\nExit Code: 0x00\n`
const megaBbu = (state: string, replace = 'No') =>
  `\nBBU status for Adapter: 0\n\nBatteryType: iBBU\nVoltage: 4055 mV\nTemperature: 33 C\nBattery State: ${state}\n\nBBU Firmware Status:\n  Learn Cycle Active                      : No\n  Battery Pack Missing                    : No\n  Battery Replacement required            : ${replace}\n\nRelative State of Charge: 97 %\nExit Code: 0x00\n`
const ONLINE = megaPd(0, 'Online, Spun Up')

describe('disk/megacli', () => {
  it.each<[string, string, Verdict]>([
    ['drives', megaList(ONLINE, megaPd(1, 'Online, Spun Up')), 'pass'],
    ['a failed drive', megaList(ONLINE, megaPd(1, 'Failed')), 'critical'],
    ['unconfigured and bad', megaList(ONLINE, megaPd(1, 'Unconfigured(bad)')), 'critical'],
    ['unconfigured and good', megaList(ONLINE, megaPd(1, 'Unconfigured(good), Spun Up')), 'pass'],
    ['a hot spare', megaList(ONLINE, megaPd(1, 'Hotspare, Spun down')), 'pass'],
    ['foretold', megaList(ONLINE, megaPd(1, 'Online, Spun Up', { predicted: 3 })), 'warning'],
    ['an alert', megaList(ONLINE, megaPd(1, 'Online, Spun Up', { alert: 'Yes' })), 'warning'],
    ['media errors', megaList(ONLINE, megaPd(1, 'Online, Spun Up', { media: 14 })), 'warning'],
    ['optimal', megaLd('Optimal'), 'pass'],
    ['degraded', megaLd('Degraded'), 'critical'],
    ['offline', megaLd('Offline'), 'critical'],
    ['all together', megaLd('Optimal') + megaList(ONLINE) + megaBbu('Optimal'), 'pass'],
    ['optimal over a failed drive', megaLd('Optimal') + megaList(ONLINE, megaPd(1, 'Failed')), 'critical'],
    ['battery to replace', megaList(ONLINE) + megaBbu('Operational', 'Yes'), 'critical'],
    ['battery learning', megaList(ONLINE) + megaBbu('Learning'), 'info'],
    ['none', 'Controller Count: 0.\n\nExit Code: 0x00\n', 'pass'],
    ['nothing but an exit code', '\nExit Code: 0x00\n', 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(megacli, text)).toBe(want)
    expectNoDamageImproves(megacli, text)
  })
})

const hp = (ld: string, b: string) =>
  `\nSmart Array P410i in Slot 0 (Embedded)    (sn: 5001438012345678)\n\n   array A (SAS, Unused Space: 0  MB)\n\n\n      logicaldrive 1 (279.4 GB, RAID 1, ${ld})\n\n      physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS, 300 GB, OK)\n      physicaldrive 1I:1:2 (port 1I:box 1:bay 2, SAS, 300 GB, ${b})\n\n   SEP (Vendor ID PMCSIERA, Model  SRC 8x6G) 250 (WWID: 5001438012345687)\n`
const hpStatus = (controller: string, battery: string) =>
  `\nSmart Array P410i in Slot 0 (Embedded)\n   Controller Status: ${controller}\n   Cache Status: OK\n   Battery/Capacitor Status: ${battery}\n\n`

describe('disk/ssacli', () => {
  it.each<[string, string, Verdict]>([
    ['whole', hp('OK', 'OK'), 'pass'],
    ['a spare', hp('OK', 'OK, spare'), 'pass'],
    ['interim recovery', hp('Interim Recovery Mode', 'Failed'), 'critical'],
    ['a failed drive under a good volume', hp('OK', 'Failed'), 'critical'],
    ['foretold', hp('OK', 'Predictive Failure'), 'warning'],
    ['recovering', hp('Recovering, 23% complete', 'Rebuilding'), 'warning'],
    ['failed', hp('Failed', 'Failed'), 'critical'],
    ['a word that nobody knows', hp('OK', 'Sulking'), 'unknown'],
    ['status', hpStatus('OK', 'OK'), 'pass'],
    ['battery failed', hpStatus('OK', 'Failed (Replace Batteries)'), 'critical'],
    ['none', 'Error: No controllers detected.\n', 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(ssacli, text)).toBe(want)
    // A card without a battery has no such line in this form.
    expectNoDamageImproves(ssacli, text, /^\s+Battery/)
  })
})

const adaptec = (
  status: string,
  ld: string,
  drive: string,
  { warnings = 0, defunct = 0, segment = 'Present' } = {},
) => `Controllers found: 1
----------------------------------------------------------------------
Controller information
----------------------------------------------------------------------
   Controller Status                        : ${status}
   Controller Model                         : Adaptec 6805E
   Temperature                              : 60 C/ 140 F (Normal)
   Defunct disk drive count                 : ${defunct}
   Logical devices/Failed/Degraded          : 1/0/${ld === 'Degraded' ? 1 : 0}
----------------------------------------------------------------------
Logical device information
----------------------------------------------------------------------
Logical device number 0
   RAID level                               : 1
   Status of logical device                 : ${ld}
   Segment 0                                : Present (Controller:1,Connector:0,Device:0)
   Segment 1                                : ${segment} (Controller:1,Connector:0,Device:1)
----------------------------------------------------------------------
Physical Device information
----------------------------------------------------------------------
      Device #0
         Device is a Hard drive
         State                              : ${drive}
         Reported Location                  : Connector 0, Device 0
         Model                              : ST1000
         S.M.A.R.T.                         : No
         S.M.A.R.T. warnings                : ${warnings}


Command completed successfully.
`
describe('disk/arcconf', () => {
  it.each<[string, string, Verdict]>([
    ['whole', adaptec('Optimal', 'Optimal', 'Online'), 'pass'],
    ['degraded', adaptec('Optimal', 'Degraded', 'Failed', { defunct: 1, segment: 'Missing' }), 'critical'],
    ['optimal over a failed drive', adaptec('Optimal', 'Optimal', 'Failed'), 'critical'],
    ['optimal with a segment missing', adaptec('Optimal', 'Optimal', 'Online', { segment: 'Missing' }), 'critical'],
    ['warnings', adaptec('Optimal', 'Optimal', 'Online', { warnings: 2 }), 'warning'],
    ['a defunct drive', adaptec('Optimal', 'Optimal', 'Online', { defunct: 1 }), 'warning'],
    ['a ready drive', adaptec('Optimal', 'Optimal', 'Ready'), 'pass'],
    ['none', 'Controllers found: 0\n\n\nCommand completed successfully.\n', 'pass'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(arcconf, text)).toBe(want)
    expectNoDamageImproves(arcconf, text, /warnings|Defunct|Segment 1/)
  })
})
