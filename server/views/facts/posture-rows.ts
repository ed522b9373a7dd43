/** Fact rows of the check `posture`: firewall, encryption, access from outside, accounts, start, power, time. Pure. */
import type { Facts } from '../../facts/facts.ts'
import { accessRows } from './access-rows.ts'
import { powerRows } from './power-rows.ts'
import { type RowDraft, rowOf, sampleOf, yesNo } from './row.ts'

/** Rows of `posture`. */
export function postureRows({ checks: { posture: facts } }: Facts): readonly RowDraft[] {
  const { firewall, sshd, time } = facts.section
  const offset = sampleOf(facts, 'time:offsetMicroseconds')
  return [
    rowOf({ facts, key: 'posture.firewall', part: 'firewall' }, firewall, (value) => ({
      tool: value.tool,
      enabled: yesNo(value.enabled),
      startsAtBoot: yesNo(value.startsAtBoot),
      inbound: value.inbound,
    })),
    ...accessRows(facts),
    rowOf({ facts, key: 'posture.sshd', part: 'sshd' }, sshd, (value) => ({
      running: yesNo(value.running),
      rootLogin: value.rootLogin,
      passwordLogin: yesNo(value.passwordLogin),
      ports: value.ports.join(', '),
      reachable: yesNo(value.reachable),
    })),
    rowOf({ facts, key: 'posture.time', part: 'time' }, time, (value) => ({
      synchronized: yesNo(value.synchronized),
      tool: value.tool,
      enabled: yesNo(value.enabled),
      offsetMs: offset === null ? null : offset / 1_000,
    })),
    ...powerRows(facts),
  ]
}
