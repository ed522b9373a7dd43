/** `server openapi`: the description of the HTTP API, without a running server. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { encodeJson } from '../../shared/encode-json.ts'
import { parseConfig } from '../config.ts'
import { createServer } from '../main.ts'
import { type Command, misused, readWords } from './command.ts'

/** Puts a server together on an empty folder, asks it for its description, and throws both away. */
export const openapi: Command = {
  name: 'openapi',
  summary: 'print the OpenAPI description of the HTTP API',
  usage: ['openapi'],
  example: 'openapi > rounds.openapi.json',
  async run(args, io) {
    const parsed = readWords(args, {})
    if (!parsed.ok) return misused(io, openapi, parsed.error)
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rounds-openapi-'))
    try {
      const config = parseConfig({ ROUNDS_DATA: folder }, null, folder)
      const server = config.ok ? await createServer(config.value) : config
      if (!server.ok) {
        io.err(typeof server.error === 'string' ? server.error : server.error.message)
        return 1
      }
      io.out(encodeJson(server.value.app.swagger(), 2))
      await server.value.close()
      return 0
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
}
