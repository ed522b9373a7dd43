/** `agent record DIR`: saves what this machine's tools answer, redacted, so that a defect in the field becomes a fixture. */
import { CHECK_NAMES } from '../../shared/checks/names.ts'
import { type Command, misused, readOptions } from './command.ts'
import { printOnce } from './once.ts'

/** Exit 2: no folder named. */
export const record: Command = async (args, io) => {
  const options = readOptions(args, { json: { type: 'boolean' } }, 1)
  if (!options.ok) return misused(io, options.error)
  const [folder] = options.value.positionals
  if (folder === undefined) return misused(io, 'The folder is missing: agent record DIR')
  return printOnce(io, {
    isJson: options.value.values.json === true,
    checks: CHECK_NAMES,
    replay: undefined,
    record: folder,
  })
}
