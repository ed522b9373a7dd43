/**
 * The dashboard's files: the shell for known page addresses, the same as not found for others that a browser opens, hashed assets for
 * ever, nothing else of the disk.
 */
import fs from 'node:fs'
import path from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendError } from './error-reply.ts'
import { isNavigation } from './is-navigation.ts'
import { ANYONE } from './route-policy.ts'

/** Addresses that a person may open; the shell holds no data, so it is public. */
export const PAGES = [
  ...['/', '/clients', '/c/*', '/visits', '/machines', '/findings'],
  ...['/settings/people', '/settings/channels', '/settings/agents', '/settings/policies', '/settings/server'],
] as const

const SHELL = 'index.html'

/** @param folder `dashboard/dist`; when it is not built every page answers with a sentence. */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = fs.existsSync(path.join(folder, SHELL))
  answerUnknown(app, isBuilt ? fs.readFileSync(path.join(folder, SHELL), 'utf8') : null)
  if (isBuilt) await app.register(staticFiles, { root: folder, serve: false, etag: true, lastModified: true })
  const shell = async (_: unknown, reply: FastifyReply) => {
    if (!isBuilt) return sendError(reply, 'no-dashboard')
    return reply.header('cache-control', 'no-cache').sendFile(SHELL, { cacheControl: false })
  }
  for (const url of PAGES) app.get(url, { config: { policy: ANYONE }, schema: { hide: true } }, shell)
  if (!isBuilt) return
  const assets = listFiles(path.join(folder, 'assets'))
  app.get<{ Params: { file: string } }>(
    '/assets/:file',
    { config: { policy: ANYONE }, schema: { hide: true } },
    async (request, reply) => {
      // The list was read at start: no text of a request ever becomes a path.
      const file = assets.find((name) => name === request.params.file)
      if (file === undefined) return sendError(reply, 'absent')
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      return reply.sendFile(`assets/${file}`, { cacheControl: false })
    },
  )
  for (const file of listFiles(folder).filter((name) => name !== SHELL && !name.startsWith('.'))) {
    app.get(`/${file}`, { config: { policy: ANYONE }, schema: { hide: true } }, async (_, reply) =>
      reply.header('cache-control', 'public, max-age=3600').sendFile(file, { cacheControl: false }),
    )
  }
}

/**
 * What no route answers, and what the guard turns away as not found. The status is 404 either way, and the shell holds no data: a person
 * reads the sentence of the dashboard instead of JSON, and learns nothing about what exists. @param shell null: not built.
 */
function answerUnknown(app: FastifyInstance, shell: string | null): void {
  app.setNotFoundHandler((request, reply) => {
    const { method, raw, headers } = request
    if (shell === null || !isNavigation(method, raw.url ?? '', headers.accept)) return sendError(reply, 'absent')
    return reply
      .code(404)
      .headers({ 'cache-control': 'no-store', vary: 'accept' })
      .type('text/html; charset=utf-8')
      .send(shell)
  })
}

function listFiles(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}
