/** What `server -- judge` says of a section by itself. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { judgeSection } from '../../../server/judge.ts'
import { rulesOf } from '../../../server/rules/index.ts'
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import { REASON_CODES } from '../../../shared/reading.ts'
import { DAY_MS } from '../../../shared/units.ts'
import { HEALTHY, NOW, SAMPLES } from './sections.ts'

const OPTIONS = { now: NOW, role: 'server' } as const
const judge = (check: CheckName, input: unknown, options: Parameters<typeof judgeSection>[2] = OPTIONS) => {
  const result = judgeSection(check, JSON.stringify(input), options)
  if (!result.ok) throw new Error(result.error.detail)
  return result.value
}
const parsed = (check: CheckName, change: object = {}) => ({
  state: 'value',
  code: null,
  section: HEALTHY[check],
  samples: SAMPLES[check],
  collectedAt: NOW,
  ...change,
})

describe('judgeSection', () => {
  test.each(CHECK_NAMES)('%s: every rule answers, and nothing of a healthy section fails', (check) => {
    const outcomes = judge(check, parsed(check))
    expect(new Set(outcomes.map(({ rule }) => rule))).toEqual(new Set(rulesOf(check).map(({ id }) => id)))
    expect(outcomes.filter(({ state }) => state === 'fail')).toEqual([])
    for (const { text } of outcomes) expect(text).not.toBe('')
  })

  it('answers needs-history where only history can tell', () => {
    const codes = judge('disk', parsed('disk')).filter(({ rule }) => rule === 'disk/filling-up')
    expect(codes).toMatchObject([{ state: 'unknown', code: 'needs-history', item: '/' }])
  })

  it('takes a bare section', () => {
    const outcomes = judge('posture', HEALTHY.posture)
    expect(outcomes.find(({ rule }) => rule === 'posture/firewall-off')?.state).toBe('pass')
  })

  it('takes a part of a section: the rest was never read', () => {
    const outcomes = judge('posture', { samples: [], firewall: HEALTHY.posture.firewall })
    expect(outcomes.find(({ rule }) => rule === 'posture/firewall-off')?.state).toBe('pass')
    expect(outcomes.find(({ rule }) => rule === 'posture/ssh-root-login')).toMatchObject({
      state: 'unknown',
      code: 'empty',
    })
  })

  test.each(REASON_CODES)('a source that failed with %s never passes', (code) => {
    for (const check of CHECK_NAMES) {
      const outcomes = judge(check, {
        state: 'failed',
        code,
        detail: 'why',
        section: null,
        samples: null,
        collectedAt: NOW,
      })
      for (const outcome of outcomes) expect(['unknown', 'not-applicable']).toContain(outcome.state)
    }
  })

  it('never passes what was never read', () => {
    for (const check of CHECK_NAMES) {
      for (const { state, rule } of judge(check, { state: 'never' })) {
        // Whether a job reports to the server is no part of a section: without pings there is nothing to judge.
        expect(state, rule).toBe(rule === 'backup/ping-late' ? 'not-applicable' : 'unknown')
      }
    }
  })

  it('judges ages at the moment it is given, and what is too old not at all', () => {
    const old = parsed('patch', { samples: { ...SAMPLES.patch, 'list:refreshedAt': NOW - 40 * DAY_MS } })
    const stale = (now: number) =>
      judge('patch', old, { ...OPTIONS, now }).find(({ rule }) => rule === 'patch/list-stale')
    expect(stale(NOW)).toMatchObject({ state: 'fail', severity: 'critical' })
    expect(stale(NOW + DAY_MS)).toMatchObject({ state: 'unknown', code: 'stale' })
  })

  it('judges by role and speaks the language asked for', () => {
    const input = parsed('posture', {
      section: {
        ...HEALTHY.posture,
        sshd: {
          state: 'value',
          source: 'posture/sshd-config',
          value: { running: true, rootLogin: 'no', passwordLogin: true, ports: [22], reachable: true },
        },
      },
    })
    const login = (role: 'server' | 'laptop') =>
      judge('posture', input, { now: NOW, role, language: 'fr' }).find(
        ({ rule }) => rule === 'posture/ssh-password-login',
      )
    expect(login('server')).toMatchObject({
      severity: 'warning',
      text: 'La connexion à distance accepte les mots de passe (port 22).',
    })
    expect(login('laptop')?.severity).toBe('info')
  })

  it('says how to fix what could not be told', () => {
    const [first] = judge('disk', { state: 'failed', code: 'tool-missing', source: 'disk/smartctl', detail: '' })
    expect(first?.text).toBe(
      'The health of the disk could not be read. Could not tell: smartctl is not installed. Install it with: apt install smartmontools (Debian, Ubuntu), winget install smartmontools.smartmontools (Windows), brew install smartmontools (macOS)',
    )
  })

  test.each([
    ['not JSON', '{', 'not-json'],
    ['nothing', '', 'not-json'],
    ['a list', '[]', 'not-a-section'],
    ['a number', '4', 'not-a-section'],
    ['another check', JSON.stringify(HEALTHY.disk), 'not-a-section'],
    [
      'a section with a lie in it',
      '{"samples":[],"time":{"state":"value","source":"x","value":{"synchronized":"yes"}}}',
      'not-a-section',
    ],
  ])('refuses %s', (_name, text, code) => {
    expect(judgeSection('posture', text, OPTIONS)).toMatchObject({ ok: false, error: { code } })
  })

  it('answers any JSON with a result', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...CHECK_NAMES), (value, check) => {
        expect(typeof judgeSection(check, JSON.stringify(value), OPTIONS).ok).toBe('boolean')
      }),
      { numRuns: 300 },
    )
  })
})
