/**
 * Tasks that say what a test wrote down: the machine of a scripted agent. It starts as a healthy server; a test replaces parts,
 * samples or whole tasks, and the next run of the agent reports them.
 */
import type { CadenceName, Contribution } from '../../agent/checks/collector.ts'
import type { AnyTask } from '../../agent/report/run-task.ts'
import type { Sections } from '../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import { read } from '../../shared/reading.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import { HEALTHY, SAMPLES, NOW as SECTIONS_NOW } from '../server/assess/sections.ts'

/** The instant at which the healthy server's samples are fresh: a Wednesday morning. */
export const START = SECTIONS_NOW

type Samples = { readonly [key: string]: number | null }

export type Script = {
  readonly parts: { [C in CheckName]: Omit<Sections[C], 'samples'> }
  readonly samples: { [C in CheckName]: Samples }
}

/** The healthy server, ready to be changed. @param start when the test begins: it was booted nine days earlier. */
export function healthyScript(start: EpochMs = START): Script {
  const boot = read('system/boot', { bootedAt: start - 9 * DAY_MS })
  const parts = Object.fromEntries(
    CHECK_NAMES.map((check) => {
      const { samples: _samples, ...rest } = HEALTHY[check]
      return [check, check === 'system' ? { ...rest, boot } : rest]
    }),
  )
  // Each check's entry is that check's section without its samples, by construction.
  return { parts: parts as Script['parts'], samples: { ...SAMPLES } }
}

/** Instants among the samples move along, as they do on a machine where everything runs as it should. */
function moved(samples: Samples, byMs: number): Samples {
  return Object.fromEntries(
    Object.entries(samples).map(([key, value]) => [key, value !== null && key.endsWith('At') ? value + byMs : value]),
  )
}

/**
 * One task for each check. @param except checks for which the test brings tasks of its own. @param cadence how often they run:
 * `capacity` every minute, `raid` every five.
 */
export function scriptedTasks(
  script: Script,
  except: readonly CheckName[] = [],
  cadence: CadenceName = 'capacity',
): readonly AnyTask[] {
  return CHECK_NAMES.filter((check) => !except.includes(check)).map((check) => {
    const task = {
      id: `${check}/scripted`,
      check,
      cadence,
      parts: Object.keys(script.parts[check]),
      timeoutMs: 60_000,
      collect: async ({ now }: { readonly now: number }): Promise<Contribution<CheckName>> => ({
        parts: script.parts[check],
        samples: moved(script.samples[check], now - START),
      }),
    }
    // The parts of `check` in a task of `check`: a pair that the compiler cannot follow through the loop.
    return task as unknown as AnyTask
  })
}
