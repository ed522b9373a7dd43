/**
 * THE VISIT REPORT, from what was frozen and recorded to what is printed: every number counted, every word chosen. One pure function of
 * its input, so that the same visit gives the same bytes, and headline, dials, tables and answers are counted from the same states.
 */
import type { VisitReport } from '../report/visit-report.ts'
import { acceptedPart } from './accepted-part.ts'
import { annexesOf } from './annexes.ts'
import { backupPart } from './backup-part.ts'
import { changesPart } from './changes-part.ts'
import { coverOf } from './cover.ts'
import { decisionsPart } from './decisions-part.ts'
import { machinesPart } from './machines-part.ts'
import { nextPart } from './next-part.ts'
import { type ReportInput, sceneOf } from './report-input.ts'
import { unseenPart } from './unseen-part.ts'

/** @returns the report. A mini-audit has no part 3: there is no visit before it. */
export function visitReportOf(input: ReportInput): VisitReport {
  const scene = sceneOf(input)
  const { cover } = scene.texts
  const date = scene.day(input.frozenAt)
  return {
    language: input.client.language,
    createdAt: input.createdAt,
    documentTitle: cover.documentTitle(input.client.name, date),
    operator: input.operator,
    words: {
      states: {
        urgent: cover.word_urgent,
        attention: cover.word_attention,
        note: cover.word_note,
        'not-proven': cover['word_not-proven'],
        accepted: cover.word_accepted,
        good: cover.word_good,
      },
      dialLegend: input.previous === null ? null : cover.dialLegend,
      shapesLegend: cover.shapesLegend,
    },
    footer: {
      text: cover.footer(input.client.name, cover.title, date, input.revision, scene.f),
      snapshotHash: input.snapshotHash,
    },
    cover: coverOf(scene),
    parts: {
      decisions: decisionsPart(scene),
      changes: input.visit.kind === 'mini-audit' ? null : changesPart(scene),
      backup: backupPart(scene),
      machines: machinesPart(scene),
      acceptedRisks: acceptedPart(scene),
      next: nextPart(scene),
      unseen: unseenPart(scene),
    },
    annexes: annexesOf(scene),
  }
}
