/**
 * The agent is older than the one that this server ships with.
 *
 * Limits: behind is a note, more than `agent.oldBuildCount` (2) releases behind a warning. A build that is not told, or that this
 * server cannot compare, is unknown; a newer one passes.
 */
import { DAY_MS } from '../../../shared/units.ts'
import { defineRule, fail, pass, unknown } from '../rule.ts'

/** Rule `agent/outdated`; its limits stand at the top of this file. */
export const outdated = defineRule({
  id: 'agent/outdated',
  needs: ['agent'],
  limits: ['agent.oldBuildCount'],
  dependsOn: ['agent/silent'],
  holdMs: DAY_MS,
  effortMinutes: 15,
  needsHands: false,
  *evaluate({ agent: { build, currentBuild } }, context) {
    const mine = versionOf(build)
    const shipped = versionOf(currentBuild ?? null)
    if (build === null || mine === null || currentBuild === undefined || shipped === null) {
      yield unknown('', 'empty')
      return
    }
    const behind = releasesBehind(mine, shipped)
    if (behind <= 0) yield pass()
    else {
      const severity = behind > context.limit('agent.oldBuildCount') ? 'warning' : 'info'
      yield fail('', severity, { build, current: currentBuild })
    }
  },
})

type Version = readonly [major: number, minor: number, patch: number]

/** `0.3.1`, with anything behind it ignored. */
function versionOf(build: string | null): Version | null {
  const parts = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})/.exec(build ?? '')
  return parts === null ? null : [Number(parts[1]), Number(parts[2]), Number(parts[3])]
}

/** Minor releases behind; a newer patch of the same release counts as one, another major as all of its releases. */
function releasesBehind(mine: Version, shipped: Version): number {
  if (shipped[0] !== mine[0]) return (shipped[0] - mine[0]) * 1_000
  if (shipped[1] !== mine[1]) return shipped[1] - mine[1]
  return Math.sign(shipped[2] - mine[2])
}
