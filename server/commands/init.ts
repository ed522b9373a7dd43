/** `server init`: makes the data folder with its keys and its store. */
import { encodeJson } from '../../shared/encode-json.ts'
import { readConfig } from '../config.ts'
import { openServices } from '../open-services.ts'
import { type Command, misused, readWords } from './command.ts'

/** Makes what is missing and touches nothing else: running it again is harmless. */
export const init: Command = {
  name: 'init',
  summary: 'make the data folder, its keys and its store',
  usage: ['init'],
  example: 'init',
  async run(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return misused(io, init, parsed.error)
    const config = readConfig(io.environment, io.cwd)
    if (!config.ok) {
      io.err(config.error.message)
      return 2
    }
    const house = await openServices(config.value)
    if (!house.ok) {
      io.err(house.error)
      return 1
    }
    await house.value.close()
    const { dataFolder } = config.value
    if (parsed.value.has('json')) io.out(encodeJson({ dataFolder }))
    else {
      io.out(`The data folder ${dataFolder} is ready. Its keys are in ${dataFolder}/keys: keep a copy in a safe place.`)
      io.out('Next: user add EMAIL --owner, then serve')
    }
    return 0
  },
}
