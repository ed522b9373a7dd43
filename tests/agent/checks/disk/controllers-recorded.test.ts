/** Recordings of RAID controllers of other projects: verdicts by hand after SOURCES.md; no damage makes them better. */
import { expect, it } from 'vitest'
import { arcconf } from '../../../../agent/checks/disk/arcconf.ts'
import { ssacli } from '../../../../agent/checks/disk/ssacli.ts'
import { storcli } from '../../../../agent/checks/disk/storcli.ts'
import { expectNoDamageImproves, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

describeWithSamples('recorded controllers of other projects', () => {
  it.each<[string, Parameters<typeof verdictOf>[0], Verdict]>([
    ['storcli-controllers.json', storcli, 'pass'],
    ['ssacli-P400i-unassigned.txt', ssacli, 'critical'],
    ['arcconf-pd-current.txt', arcconf, 'pass'],
  ])('%s', (name, source, want) => {
    expect(verdictOf(source, sample(`disk/hwraid/${name}`))).toBe(want)
    expectNoDamageImproves(source, sample(`disk/hwraid/${name}`))
  })
})
