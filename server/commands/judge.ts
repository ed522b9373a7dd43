/** `server judge`: the outcomes of all rules of one check for a section on standard input; no server, no store, no history. */
import { CHECK_NAMES, ROLES } from '../../shared/checks/names.ts'
import { encodeJson } from '../../shared/encode-json.ts'
import { judgeSection } from '../judge.ts'
import { type Command, misused, readWords } from './command.ts'

/** Prints JSON: an array of outcomes. Exit 1 when the input is no section of the check. */
export const judge: Command = {
  name: 'judge',
  summary: 'judge a section, or the output of "agent parse", from standard input; prints JSON',
  usage: ['judge --check CHECK [--now ISO] [--role server|desktop|laptop] < SECTION'],
  example: 'judge --check disk --role server < section.json',
  async run(args, io) {
    const parsed = readWords(args, {
      check: { type: 'string' },
      now: { type: 'string' },
      role: { type: 'string' },
    })
    if (!parsed.ok) return misused(io, judge, parsed.error)
    const { text, words } = parsed.value
    const check = CHECK_NAMES.find((name) => name === text('check'))
    if (check === undefined)
      return misused(io, judge, `Say which check: --check with one of ${CHECK_NAMES.join(', ')}.`)
    const role = ROLES.find((name) => name === (text('role') ?? 'server'))
    if (role === undefined) return misused(io, judge, `The role is one of ${ROLES.join(', ')}.`)
    const now = text('now') === null ? Date.now() : Date.parse(text('now') ?? '')
    if (Number.isNaN(now)) return misused(io, judge, '--now must be a time such as 2026-11-22T21:14:03Z.')
    if (words.length > 0)
      return misused(io, judge, `"${words[0]?.slice(0, 40)}" is too much: the section comes on standard input.`)
    const judged = judgeSection(check, await io.readInput(), { now, role })
    if (judged.ok) {
      io.out(encodeJson(judged.value))
      return 0
    }
    io.err(judged.error.detail)
    return 1
  },
}
