/** Generated validators of what agents send. Server only: the agent must not load a code generator (dependencies.md 3). Pure. */
import { Compile } from 'typebox/compile'
import { err, ok, type Result } from '../result.ts'
import { AGENT_FRAMES, type AgentMessage, type MessageError, messageType, type Report } from './messages.ts'
import { isSoundRecord } from './record.ts'

const VALIDATORS = {
  report: Compile(AGENT_FRAMES.report),
  attestation: Compile(AGENT_FRAMES.attestation),
  rekey: Compile(AGENT_FRAMES.rekey),
  bye: Compile(AGENT_FRAMES.bye),
} as const

function isReport(message: AgentMessage): message is Report {
  return message.t === 'report'
}

/** The server's check of an opened frame. Any value gives a Result; section bodies are checked by their own schemas later. */
export function validateAgentMessage(value: unknown): Result<AgentMessage, MessageError> {
  const type = messageType(value)
  if (type === null || !Object.hasOwn(VALIDATORS, type)) return err({ close: 4400, detail: 'unknown message type' })
  const validator = VALIDATORS[type as keyof typeof VALIDATORS]
  if (!validator.Check(value)) return err({ close: 4400, detail: `message ${type} does not fit its schema` })
  // The schema that matched is the one of this type; TypeScript cannot follow that through the lookup.
  const message = value as AgentMessage
  if (isReport(message) && !message.r.every(isSoundRecord)) {
    return err({ close: 4400, detail: 'record with unpaired samples or an impossible gap' })
  }
  return ok(message)
}
