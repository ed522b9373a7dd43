/** Tables that would promise too much, and actions that would be asked for twice. */
import { describe, expect, it, test } from 'vitest'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { read } from '../../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import { anAction, aRecommendation, aRestoreTest } from '../../../support/visit-samples.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { aJob, aVolume, NOW } from '../../assess/sections.ts'
import { judged } from '../../views/a-client.ts'
import { anInput } from './an-input.ts'

describe('back at work after a disaster', () => {
  const job = { ...aJob(), destination: { ...aJob().destination, offsite: true } }
  const samples = { backup: { [`job:${job.id}:lastSuccessAt`]: NOW - HOUR_MS } }
  const server = judged(
    aMachine({ role: 'server', samples, parts: { backup: { jobs: read('backup/restic', [job]) } } }),
    'a',
  )
  const worked = aRestoreTest({ machineId: 'a', at: NOW - 90 * DAY_MS, durationMs: 40 * MINUTE_MS })
  const failed = aRestoreTest({ id: 't2', machineId: 'a', at: NOW, isUsable: false })
  const backAfter = (restoreTests: readonly ReturnType<typeof aRestoreTest>[]) =>
    visitReportOf(anInput([server], { restoreTests })).parts.backup?.disasters[0]?.rows[0]?.backAfter

  it('is measured by a restore that worked', () => {
    expect(backAfter([worked])).toMatchObject({ state: null, text: expect.stringContaining('40 minutes, measured on') })
  })

  it('is not proven any more once a newer restore failed', () => {
    expect(backAfter([failed, worked])).toEqual({ state: 'not-proven', text: 'not proven' })
  })
})

describe('what the manager decided to do', () => {
  const decision = { answer: 'do', until: null, reason: '', by: 'Luc', at: NOW } as const
  const ref = (machineId: string) => ({ machineId, rule: 'disk/drive-failing', item: 'sda' }) as const
  const rows = (about: readonly ReturnType<typeof ref>[]) => {
    const recommendations = [aRecommendation({ visitId: 'v2', what: 'Replace the disk', about, decision })]
    const ticked = anAction({ id: 'w', machineId: 'a', state: 'done', madeIn: 'v2', doneIn: 'v2', doneAt: NOW })
    const machines = [judged(aMachine(), 'a'), judged(aMachine(), 'b')]
    return visitReportOf(anInput(machines, { recommendations, actions: [ticked] })).parts.next?.actions.rows
  }

  it('is no action any more when it was ticked at the same visit', () => {
    expect(rows([ref('a')])).toEqual([])
  })

  it('is one while a machine of it is left', () => {
    expect(rows([ref('a'), ref('b')])?.map(({ what }) => what)).toEqual(['Replace the disk'])
  })
})

test('a volume without room is full already, not in no time', () => {
  const fullIn = (availableBytes: number, language: 'en' | 'fr' = 'en') => {
    const state = judged(
      aMachine({
        parts: { disk: { volumes: read('disk/volumes', [aVolume({ mount: '/' })]) } },
        samples: { disk: { 'volume:/:availableBytes': availableBytes } },
      }),
      'a',
    )
    const trend = { perDay: 1_000_000_000, lastAt: NOW } as never
    const filling = { ...state, trends: new Map([['disk/volume:/:usedBytes', trend]]) }
    const client = { name: 'Aubertin', timeZone: 'Europe/Paris', language }
    return visitReportOf(anInput([filling], { client })).parts.machines?.rows[0]?.fullIn
  }
  expect(fullIn(0)).toBe('already full')
  expect(fullIn(0, 'fr')).toBe('déjà plein')
  expect(fullIn(9_000_000_000)).toBe('9 days')
})
