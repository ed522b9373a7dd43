/** `server serve`: runs the server until SIGTERM or SIGINT. Its log goes to standard error as JSON lines. */
import { destination, pino } from 'pino'
import { readConfig } from '../config.ts'
import { createServer } from '../main.ts'
import { type Command, misused, readWords } from './command.ts'
import { untilTold } from './until-told.ts'

/** Exit 1 when the port or the data folder is taken; 2 for a wrong configuration. */
export const serve: Command = {
  name: 'serve',
  summary: 'run the server until it is told to stop',
  usage: ['serve'],
  example: 'serve',
  async run(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return misused(io, serve, parsed.error)
    const config = readConfig(io.environment, io.cwd)
    if (!config.ok) {
      io.err(config.error.message)
      return 2
    }
    const log = pino({ level: config.value.logLevel, base: null }, destination({ fd: 2, sync: false }))
    const server = await createServer(config.value, { log })
    if (!server.ok) {
      io.err(server.error)
      return 1
    }
    const told = untilTold()
    const listening = await server.value.listen()
    if (listening.ok) {
      io.out(`Rounds ${server.value.services.version} at ${server.value.services.origin()}`)
      await told
    } else io.err(listening.error)
    await server.value.close()
    return listening.ok ? 0 : 1
  },
}
