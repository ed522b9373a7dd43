/** Registry of commands: one line each. */
import { channel } from './channel.ts'
import { client } from './client.ts'
import { code } from './code.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { explain } from './explain.ts'
import { findings } from './findings.ts'
import { init } from './init.ts'
import { judge } from './judge.ts'
import { machine } from './machine.ts'
import { openapi } from './openapi.ts'
import { operator } from './operator.ts'
import { ping } from './ping.ts'
import { policy } from './policy.ts'
import { serve } from './serve.ts'
import { site } from './site.ts'
import { token } from './token.ts'
import { user } from './user.ts'
import { verify } from './verify.ts'
import { visit } from './visit.ts'

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  serve,
  init,
  user,
  client,
  site,
  machine,
  code,
  token,
  ping,
  policy,
  channel,
  visit,
  operator,
  findings,
  explain,
  judge,
  openapi,
  demo,
  verify,
]
