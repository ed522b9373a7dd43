/** A message as the JSON body of a webhook. The shape is a promise to receivers: `schema` counts its versions. Pure. */
import { subjectOf } from '../../../shared/rules.ts'
import { type Severity, worst } from '../../../shared/severity.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { sayFinding } from '../../../shared/text/rule-catalogue.ts'
import type { Message, MessageProblem } from '../message.ts'
import { sayMessage } from '../say-message.ts'

/** Version of the body. Fields are only ever added to a version. */
export const WEBHOOK_SCHEMA = 1

/** @returns the body. Strings from PCs are data in it: literal, encoded by JSON, never part of a header. */
export function composeWebhook(message: Message): string {
  const { key, rootKey, kind, createdAt, client, site, problems } = message
  const said = sayMessage(message)
  return JSON.stringify({
    schema: WEBHOOK_SCHEMA,
    id: key,
    thread: rootKey,
    kind,
    createdAt,
    severity: worstOf(problems),
    client,
    site,
    summary: said.subject,
    findings: problems.map((problem) => findingOf(problem, message)),
  })
}

function worstOf(problems: readonly MessageProblem[]): Severity | null {
  return problems.reduce<Severity | null>((so, { finding }) => worst(so, finding.severity), null)
}

function findingOf({ finding, machine, url }: MessageProblem, { language, timeZone, createdAt }: Message) {
  const f = createFormatter({ language, timeZone, now: createdAt })
  const said = sayFinding(finding.rule, finding.values, f, finding.resolvedAt ?? createdAt)
  const { id, number, rule, item, severity, openedAt, resolvedAt } = finding
  return {
    ...{ id, number, machine, check: subjectOf(rule), rule, item, severity, openedAt, resolvedAt },
    title: said.title,
    todo: said.todo,
    url,
  }
}
