/** What a technician is told to do is right on the system of the machine: a command of Linux stands only where the system is Linux, or is named. */
import { describe, expect, test } from 'vitest'
import { REASON_CODES } from '../../../shared/reading.ts'
import type { RuleId, RuleValues } from '../../../shared/rules.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { LANGUAGES } from '../../../shared/text/format.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import { sayFinding } from '../../../shared/text/rule-catalogue.ts'
import { NOW, VALUES } from './rule-values.ts'

/** Commands that only Linux has. */
const LINUX = /\b(?:systemctl|journalctl|apt|freshclam|timedatectl|umount -l|--max-depth)\b/
/** A sentence that names the system beside the command. */
const NAMED = /(?:on|sous) Linux|\(Debian, Ubuntu\)/i
const formatters = LANGUAGES.map((language) => createFormatter({ language, timeZone: 'UTC', now: NOW }))

function expectFits<R extends RuleId>(rule: R, values: RuleValues[R]): void {
  for (const f of formatters) {
    const { todo } = sayFinding(rule, values, f)
    if (!NAMED.test(todo)) expect(todo, `${rule} ${JSON.stringify(values)}`).not.toMatch(LINUX)
  }
}

describe('no command of Linux', () => {
  test.each(['Microsoft Defender Antivirus', 'XProtect', 'ESET Endpoint Antivirus', 'constructor'])(
    'for %s',
    (product) => {
      expectFits('antivirus/not-running', { product })
      for (const mode of [null, 'off', 'reduced']) expectFits('antivirus/real-time-off', { product, mode })
      expectFits('antivirus/signatures-old', { product, ageMs: null, signaturesAt: null })
      expectFits('antivirus/expired', { product })
    },
  )

  test('where the values do not tell the system', () => {
    expectFits('antivirus/none-seen', {})
    for (const rule of Object.keys(VALUES) as RuleId[])
      if (/^(?:system|agent)\//.test(rule)) for (const values of VALUES[rule]) expectFits(rule, values as never)
    for (const tool of ['', 'timed', 'w32time']) expectFits('posture/time-unsynchronized', { tool, offsetMs: null })
  })

  test.each(['C:', 'D:\\', '\\\\?\\Volume{1}\\', '/Volumes/nas'])('for the volume %s', (volume) => {
    expectFits('disk/space-low', { volume, usedPercent: 97, availableBytes: 1, totalBytes: 100 })
    expectFits('disk/filling-up', { volume, daysUntilFull: 3, bytesPerDay: 1, availableBytes: 9 })
    expectFits('disk/read-only', { volume, errors: null })
    expectFits('disk/volume-silent', { volume, device: 'nas' })
  })

  test('for a reason about a part that every system has', () => {
    for (const source of [
      'disk/smartctl',
      'disk/drives',
      'backup/restic-snapshots',
      'antivirus/windows-products',
      null,
    ])
      for (const code of REASON_CODES)
        for (const subject of ['disk', 'patch', 'antivirus', 'system'] as const)
          for (const f of formatters) {
            const { fix } = reasonText({ subject, part: null, source, code, detail: '' }, f)
            if (!NAMED.test(fix)) expect(fix, `${source} ${code}`).not.toMatch(LINUX)
          }
  })
})

test('ClamAV and Defender are told by their own commands', () => {
  const [f] = formatters
  if (f === undefined) throw new Error('no language')
  const todo = (product: string) =>
    (
      [
        sayFinding('antivirus/not-running', { product }, f),
        sayFinding('antivirus/real-time-off', { product, mode: 'off' }, f),
        sayFinding('antivirus/signatures-old', { product, ageMs: null, signaturesAt: null }, f),
      ] as const
    ).map((said) => said.todo)
  expect(todo('ClamAV').map((text) => LINUX.test(text))).toEqual([true, true, true])
  const [start, watch, refresh] = todo('Microsoft Defender Antivirus')
  expect(start).toContain('Start-Service WinDefend')
  expect(watch).toContain('Set-MpPreference -DisableRealtimeMonitoring $false')
  expect(refresh).toContain('Update-MpSignature')
})
