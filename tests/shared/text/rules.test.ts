/** How the texts of the rules read (ui.md 5): whole sentences, in the language, for the reader. */
import { describe, expect, it, test } from 'vitest'
import { REASON_CODES } from '../../../shared/reading.ts'
import { RULE_DETAILS } from '../../../shared/rule-detail.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { LANGUAGES, type Language } from '../../../shared/text/format.ts'
import { reasonText } from '../../../shared/text/reason-catalogue.ts'
import { type SaidFinding, sayFinding, sayRule } from '../../../shared/text/rule-catalogue.ts'
import { NOW, VALUES } from './rule-values.ts'

const formatters = Object.fromEntries(
  LANGUAGES.map((language) => [language, createFormatter({ language, timeZone: 'Europe/Brussels', now: NOW })]),
)
const formatterOf = (language: Language) =>
  formatters[language] ?? createFormatter({ language, timeZone: 'UTC', now: NOW })
const ids = Object.keys(VALUES) as RuleId[]

const findingsOf = (rule: RuleId, language: Language): readonly SaidFinding[] =>
  VALUES[rule].map((values) => sayFinding(rule, values, formatterOf(language)))
const sentencesOf = (said: SaidFinding) => [said.title, said.looked, said.todo, said.manager, said.impact]

/** Words that ui.md 5 forbids in every text, and those that say nothing to a manager. */
const NEVER_SAID = /\b(?:please|oops|successfully|sorry|OK|veuillez|malheureusement|désolé)\b|!|\[object/i
/** Signs of a value that was not there. */
const HOLES = /undefined|NaN|null|1970/
const JARGON =
  /\b(?:kernel|noyau|SSH|SMART|smartctl|inodes?|RAID|daemon|apt|systemctl|posture|NVMe|PermitRootLogin|dpkg|root)\b/

describe.each(LANGUAGES)('rules in %s', (language) => {
  test.each(ids)('%s', (rule) => {
    for (const said of findingsOf(rule, language)) {
      for (const sentence of sentencesOf(said)) {
        expect(sentence).toMatch(/[.…]$/)
        expect(sentence).not.toMatch(NEVER_SAID)
        expect(sentence).not.toMatch(HOLES)
        expect(sentence).not.toMatch(/\.\.| {2}|\s$|^\s| ,| \./)
      }
      expect(said.manager).not.toMatch(JARGON)
      expect(said.name).toMatch(/^\p{Lu}/u)
      expect(said.name).not.toMatch(/[.!]$/)
    }
    const { blind } = sayRule(rule, language)
    expect(blind).toMatch(/^\p{Lu}.*\.$/u)
  })
})

describe('French', () => {
  it.each(ids)('%s has its spaces and its apostrophes', (rule) => {
    for (const said of findingsOf(rule, 'fr')) {
      for (const sentence of [...sentencesOf(said), said.name, sayRule(rule, 'fr').blind]) {
        expect(sentence).not.toMatch(/ [:;?!»%]/)
        expect(sentence).not.toContain("'")
      }
    }
  })
  it.each(ids)('%s is not English', (rule) => {
    const [en] = findingsOf(rule, 'en')
    const [fr] = findingsOf(rule, 'fr')
    for (const part of ['title', 'looked', 'todo', 'manager', 'impact'] as const)
      expect(fr?.[part]).not.toBe(en?.[part])
  })
})

test.each([
  ['disk/sectors-unreadable', 0, 'Disk WD Red 123 (/dev/sda) has 1 sector that it cannot read.'],
  ['disk/sectors-unreadable', 1, 'Disk WD Red 123 (/dev/sda) has 24 sectors that it cannot read, 9 more than before.'],
  ['disk/space-low', 0, '/srv is 96 % full: 3.8 GB free of 100 GB.'],
  ['backup/too-old', 0, 'No good backup by nightly for 52 hours; one is expected every 24 hours.'],
  ['system/support-ended', 0, 'Debian 10 has had no free security updates since 19 Nov.'],
  ['system/support-ended', 1, 'Ubuntu 22.04 will get no more free security updates after 22 Feb 2027.'],
  ['agent/clock-wrong', 0, 'The clock of this machine is 90 seconds slow.'],
] as const)('%s says its numbers: %#', (rule, at, title) => {
  const said = findingsOf(rule, 'en')[at]?.title.replaceAll('90 seconds', '90 seconds')
  expect(said).toBe(title.replace('90 seconds', '1 minute'))
})

describe.each(LANGUAGES)('reasons in %s', (language) => {
  const f = formatterOf(language)
  const subjects = ['disk', 'patch', 'antivirus', 'backup', 'posture', 'system', 'agent'] as const
  const details = [
    '',
    'smartctl said no',
    '2026-11-20T10:00:00.000Z',
    'future-time 2027-01-01T00:00:00.000Z',
    'future-time nonsense',
    ...RULE_DETAILS,
  ]

  test.each(REASON_CODES)('%s', (code) => {
    for (const subject of subjects) {
      for (const detail of details) {
        for (const source of [null, 'disk/smartctl', 'x/unheard-of']) {
          const { why, fix, sentence } = reasonText({ subject, part: null, source, code, detail }, f)
          expect(why).not.toMatch(/^\s/)
          expect(why).not.toMatch(HOLES)
          expect(sentence).not.toMatch(/\.\./)
          expect(sentence).toContain(why.replace(/\.$/, ''))
          expect(sentence).toMatch(/\.$/)
          expect(fix).not.toMatch(HOLES)
        }
      }
    }
  })
})

test.each([
  [
    'tool-missing',
    'disk/smartctl',
    '',
    'Could not tell: smartctl is not installed.',
    'Install it with: apt install smartmontools (Debian, Ubuntu), winget install smartmontools.smartmontools (Windows), brew install smartmontools (macOS)',
  ],
  [
    'access-denied',
    'disk/smartctl',
    '',
    'Could not tell: the agent may not use smartctl.',
    'The agent must run with full rights: as root, on Windows as the system itself. See what the agent meets: rounds-agent doctor.',
  ],
  [
    'empty',
    null,
    'never-read',
    'Could not tell: it has never been read.',
    'It is read with the next report. See what the agent meets: rounds-agent doctor.',
  ],
  [
    'stale',
    'disk/smartctl',
    '2026-11-22T20:14:03.000Z',
    'Could not tell: what is known dates from Sun 21:14.',
    'It is read again when the machine reports.',
  ],
] as const)('%s: why and how to fix it', (code, source, detail, sentence, fix) => {
  expect(reasonText({ subject: 'disk', part: null, source, code, detail }, formatterOf('en'))).toMatchObject({
    sentence,
    fix,
  })
})

it.each(['en', 'fr'] as const)('a refusal of macOS is told with the way to Full Disk Access (%s)', (language) => {
  const context = { subject: 'backup', part: null, source: 'backup/time-machine-plist', code: 'access-denied' } as const
  const refused = reasonText(
    { ...context, detail: 'macOS refuses it without Full Disk Access.' },
    formatterOf(language),
  )
  expect(refused.fix).toMatch(
    language === 'en' ? /Privacy & Security > Full Disk Access > \+/ : /Accès complet au disque > \+/,
  )
  expect(reasonText({ ...context, detail: 'no' }, formatterOf(language)).fix).not.toContain('>')
})
