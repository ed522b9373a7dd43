/** The moments at which the agent looks for due work: one node-cron schedule per cadence. What is due is never decided here. */
import { createTask, type ScheduledTask } from 'node-cron'

/** Starts ticking at cron expressions (seconds first, UTC); the returned function ends it. */
export type Ticks = (expressions: readonly string[], onTick: () => void) => () => void

const QUIET = { info() {}, warn() {}, error() {}, debug() {} }

/** Ticks of node-cron. A tick that a blocked loop dropped is no loss: the next one finds the work still due. */
export const cronTicks: Ticks = (expressions, onTick) => {
  const tasks: ScheduledTask[] = [...new Set(expressions)].map((expression) =>
    createTask(expression, onTick, { timezone: 'UTC', suppressMissedWarning: true, logger: QUIET }),
  )
  for (const task of tasks) void task.start()
  return () => {
    for (const task of tasks) void task.destroy()
  }
}
