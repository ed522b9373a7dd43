/** The scan of smartctl, as JSON and as text. SOURCE: written by us after smartctl(8) 7.3 and its --scan-open output. */
import { describe, expect, it } from 'vitest'
import { parseScan, smartctlScan } from '../../../../agent/checks/disk/smartctl-scan.ts'

type Doc = { readonly [key: string]: unknown }

describe('scan', () => {
  const scan = (doc: Doc, exitCode = 0) => parseScan({ stdout: Buffer.from(JSON.stringify(doc)), stderr: '', exitCode })

  it('lists devices with their types, unopened ones with the reason', () => {
    const found = scan({
      smartctl: { exit_status: 0 },
      devices: [
        { name: '/dev/sda', type: 'sat' },
        { name: '/dev/sdb', type: 'scsi', open_error: 'Permission denied' },
      ],
    })
    expect(found).toEqual({
      ok: true,
      value: [
        { device: '/dev/sda', type: 'sat', openError: null },
        { device: '/dev/sdb', type: 'scsi', openError: 'Permission denied' },
      ],
    })
  })

  it('tells "none found" from "could not look"', () => {
    expect(scan({ smartctl: { exit_status: 0 }, devices: [] })).toEqual({ ok: true, value: [] })
    expect(scan({ smartctl: { exit_status: 0 }, devices: [] }, 1)).toMatchObject({ ok: false, error: { code: 'exit' } })
  })

  it('knows a drive of the scan without knowing its health', () => {
    const stdout = Buffer.from(
      '/dev/sda -d sat # /dev/sda [SAT], ATA device\n# /dev/nvme0 -d nvme # /dev/nvme0, open failed: Permission denied\n',
    )
    const found = smartctlScan.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
    const drives = found.ok && found.value.parts.drives?.state === 'value' ? found.value.parts.drives.value : []
    expect(drives.map((one) => [one.device, one.smart.state])).toEqual([
      ['/dev/sda', 'never'],
      ['/dev/nvme0', 'failed'],
    ])
  })

  it('keeps the long names of macOS whole for the next question, and cuts them in the section', () => {
    const name = `IOService:/AppleARMPE/arm-io@10F00000/${'x'.repeat(90)}/RTBuddy(ANS2)/AppleANS3NVMeController/NS_01@1`
    const document = { smartctl: { exit_status: 0 }, devices: [{ name, type: 'nvme' }] }
    const stdout = Buffer.from(`${name} -d nvme # ${name}, NVMe device\n`)
    expect(scan(document)).toMatchObject({ value: [{ device: name }] })
    expect(parseScan({ stdout, stderr: '', exitCode: 0 })).toMatchObject({ value: [{ device: name, type: 'nvme' }] })
    const input = { stdout, stderr: '', exitCode: 0, platform: 'darwin', now: 0 } as const
    expect(smartctlScan.parse(input)).toMatchObject({
      value: { parts: { drives: { value: [{ device: name.slice(0, 128) }] } } },
    })
  })

  it('passes on no name that smartctl would take for an option', () => {
    const devices = [
      { name: '--set=security-erase', type: 'sat' },
      { name: '/dev/sda', type: '-x' },
      { name: '/dev/bus/0', type: 'megaraid,3' },
    ]
    expect(scan({ smartctl: { exit_status: 0 }, devices })).toMatchObject({ value: [{ device: '/dev/bus/0' }] })
  })
})
