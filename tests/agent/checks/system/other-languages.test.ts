/**
 * What systems say of themselves in other languages, and in reports of everything. SOURCE: written by us after the output of systeminfo
 * on Windows 10 and 11 and of system_profiler on macOS 11.
 */
import { describe, expect, it } from 'vitest'
import { parseSystem } from '../../../support/parse-source.ts'

const partsOf = (id: string, output: string) => {
  const result = parseSystem(id, output)
  return result.ok ? result.value.parts : result.error.code
}

describe('system/systeminfo in other languages', () => {
  const german = `
Hostname:                                      PC-1
Betriebssystemname:                            Microsoft Windows 11 Pro
Betriebssystemversion:                         10.0.26100 Nicht zutreffend Build 26100
Betriebssystemhersteller:                      Microsoft Corporation
BIOS-Version:                                  LENOVO N2IET99W (1.77 ), 07.03.2022
Gesamter physischer Speicher:                  16.104 MB
`
  const french = german
    .replace('Betriebssystemname', 'Nom du système d’exploitation')
    .replace(/Betriebssystemversion:.*/, 'Version du système:                           10.0.26100 N/A version 26100')
  const russian = german.replace('Microsoft Windows 11 Pro', 'Майкрософт Windows 11 Pro')

  it.each([
    ['German', german],
    ['French', french],
    ['Russian', russian],
  ])('%s: the system alone is read', (_, text) => {
    expect(partsOf('system/systeminfo', text)).toMatchObject({
      os: { value: { name: expect.stringMatching(/Windows 11 Pro$/), build: '10.0.26100', edition: 'pro' } },
      hardware: { value: { vendor: null, memoryBytes: null } },
    })
  })

  it.each([
    ['the name', german.replace(/Betriebssystemname.*\n/, '')],
    ['the version', german.replace(/Betriebssystemversion.*\n/, '')],
    ['the same build twice', german.replace('Build 26100', 'Build 22631')],
  ])('without %s it is nothing', (_, text) => expect(partsOf('system/systeminfo', text)).toBe('parse'))
})

describe('system/system-profiler-hardware', () => {
  it('the cores of the processor, not of the graphics behind it', () => {
    const text = `Hardware:

    Hardware Overview:

      Model Name: MacBook Air
      Model Identifier: MacBookAir10,1
      Chip: Apple M1
      Total Number of Cores: 8 (4 performance and 4 efficiency)
      Memory: 16 GB

Graphics/Displays:

    Apple M1:

      Chipset Model: Apple M1
      Total Number of Cores: 7
`
    expect(partsOf('system/system-profiler-hardware', text)).toMatchObject({
      hardware: { value: { cpuThreads: 8, chassis: 'laptop', memoryBytes: 16 * 2 ** 30 } },
    })
  })
})
