/** The finder of samples, on folders made here. */
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { describeWithSamples, listSamples, sample, samplesFolder } from './samples.ts'
import { tempFolder } from './tmp.ts'

afterEach(() => vi.unstubAllEnvs())

describe('samples', () => {
  it('are read where ROUNDS_SAMPLES says', () => {
    const folder = tempFolder('samples')
    fs.mkdirSync(path.join(folder, 'disk/smartctl'), { recursive: true })
    fs.writeFileSync(path.join(folder, 'disk/smartctl/b.json'), '{}')
    fs.writeFileSync(path.join(folder, 'disk/a.txt'), 'a')
    vi.stubEnv('ROUNDS_SAMPLES', folder)
    expect(samplesFolder()).toBe(folder)
    expect(listSamples('disk')).toEqual(['disk/a.txt', 'disk/smartctl/b.json'])
    expect(listSamples('nothing')).toEqual([])
    expect(sample('disk/a.txt').toString()).toBe('a')
    expect(() => sample('disk/gone.txt')).toThrow('ENOENT')
  })

  it('may be absent', () => {
    vi.stubEnv('ROUNDS_SAMPLES', path.join(tempFolder('samples'), 'absent'))
    expect(samplesFolder()).toBeNull()
    expect(listSamples('disk')).toEqual([])
    expect(() => sample('disk/a.txt')).toThrow('describeWithSamples')
  })
})

describeWithSamples('the shared folder of samples', () => {
  it('holds something for each check that has samples', () => {
    for (const check of ['disk', 'backup', 'patch', 'antivirus']) expect(listSamples(check)).not.toEqual([])
  })
})
