/** Recordings of Windows' own answers about disks: what stands in them, by hand after SOURCES.md, and that damage proves nothing healthy. */
import { expect, it } from 'vitest'
import type { Drive } from '../../../../shared/checks/disk.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { parseDisk } from '../../../support/parse-source.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

const drivesOf = (id: string, output: string | Uint8Array): readonly Drive[] => {
  const result = parseDisk(id, output)
  return result.ok && result.value.parts.drives?.state === 'value' ? result.value.parts.drives.value : []
}
describeWithSamples('recordings of Windows', () => {
  const FILES = [
    ['disk/windows-physical-disks', 'MSFT_PhysicalDisk-win10-fr-vm.utf16.txt'],
    ['disk/windows-reliability', 'Get-StorageReliabilityCounter.extract.txt'],
    ['disk/windows-disk-drives', 'Win32_DiskDrive-win7.utf16.txt'],
    ['disk/windows-logical-disks', 'Win32_LogicalDisk-win7.utf16.txt'],
  ] as const

  it('says what stands in them', () => {
    const [physical, reliability, drives, volumes] = FILES.map(([id, file]) =>
      parseDisk(id, sample(`disk/windows/${file}`)),
    )
    expect(physical).toMatchObject({
      value: { parts: { drives: { value: [{ kind: 'virtual', serial: 'VB56f85924-28919b73' }] } } },
    })
    expect(reliability).toMatchObject({
      value: { parts: { drives: { value: [{ smart: { value: { wearPercent: null } } }] } } },
    })
    expect(Object.values(reliability?.ok ? reliability.value.samples : {})).toEqual([28])
    expect(drives).toMatchObject({
      value: { parts: { drives: { value: [{ serial: 'VB2cff0f95-b2f7db11' }, { serial: null }] } } },
    })
    expect(volumes).toMatchObject({
      value: {
        parts: {
          volumes: {
            value: [
              { mount: 'C:', system: true },
              { mount: 'Z:', network: true },
            ],
          },
        },
      },
    })
  })

  it.each(FILES)('%s: damage proves no drive healthy', (id, file) => {
    const utf8 = Buffer.from(
      new TextDecoder(file.includes('utf16') ? 'utf-16le' : 'utf-8').decode(sample(`disk/windows/${file}`)),
    )
    const original = parseDisk(id, utf8)
    for (const [what, damaged] of mutations(utf8)) {
      const result = parseDisk(id, damaged)
      if (HARMLESS.has(what)) expect(result, what).toEqual(original)
      for (const { smart } of drivesOf(id, damaged))
        expect(smart.state === 'value' && smart.value.passed === true, what).toBe(false)
    }
    for (const [line, damaged] of lineCuts(utf8))
      for (const { smart } of drivesOf(id, damaged))
        expect(smart.state === 'value' && smart.value.passed === true, line).toBe(false)
  })
})
