/**
 * Writes visit reports in a child process that is kept warm and ends when nothing was asked of it for a while: PDF/UA-1 through Typst,
 * and HTML. One at a time, in the order of asking. The server's loop only sends and receives. I/O.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { err, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { Breather } from '../parse-in-pieces.ts'
import { type RenderSource, requestsOf } from './render-request.ts'
import type { TypesetError } from './typeset-pdf.ts'

/** `timeout`: took more than a minute; `ended`: the child died of it. */
export type RenderError = { readonly code: TypesetError['code'] | 'timeout' | 'ended'; readonly detail: string }

/** The files of one report; equal sources give equal bytes. */
export type ReportBytes = { readonly pdf: Uint8Array; readonly html: Uint8Array }
/** What it answers; `id`: of the request. */
export type RenderAnswer = { readonly id: number; readonly result: Result<ReportBytes, TypesetError> }

const TIMEOUT_MS = MINUTE_MS
const IDLE_MS = 5 * MINUTE_MS

let child: ChildProcess | null = null
let lastId = 0
let idle: NodeJS.Timeout | null = null
let turn: Promise<unknown> = Promise.resolve()

/** Only what a native module needs to load; the server's environment may hold secrets. */
function environmentOfChild(): NodeJS.ProcessEnv {
  const names = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'LD_LIBRARY_PATH']
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

function openChild(): ChildProcess {
  if (child !== null) return child
  const opened = fork(new URL('./render-child.ts', import.meta.url), [], {
    serialization: 'advanced',
    env: environmentOfChild(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  opened.once('exit', () => {
    if (child === opened) child = null
  })
  child = opened
  return opened
}

/** @returns the bytes of both files. `unavailable`: no Typst for this system. */
export function renderReport(source: RenderSource): Promise<Result<ReportBytes, RenderError>> {
  const asked = turn.then(() => nextTurn()).then(() => ask(source))
  turn = asked
  return asked
}

/** Ends the child now; the next report starts another. */
export function endRenderer(): void {
  if (idle !== null) clearTimeout(idle)
  idle = null
  child?.kill()
  child = null
}

function ask(source: RenderSource): Promise<Result<ReportBytes, RenderError>> {
  if (idle !== null) clearTimeout(idle)
  const worker = openChild()
  lastId += 1
  const id = lastId
  worker.ref()
  worker.channel?.ref()
  return new Promise((resolve) => {
    const finish = (result: Result<ReportBytes, RenderError>) => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('exit', onExit).off('error', onError)
      // An idle child keeps nobody's process alive, and does not stay for ever itself.
      worker.unref()
      worker.channel?.unref()
      idle = setTimeout(endRenderer, IDLE_MS)
      idle.unref()
      resolve(result)
    }
    const give = (code: RenderError['code'], detail: string) => finish(err({ code, detail }))
    const onMessage = (answer: RenderAnswer) => (answer.id === id ? finish(answer.result) : undefined)
    const onExit = (code: number | null, signal: string | null) => give('ended', `exit ${code}, signal ${signal}`)
    const onError = (error: Error) => give('ended', error.message)
    const timer = setTimeout(() => {
      endRenderer()
      give('timeout', `no report within ${TIMEOUT_MS} ms`)
    }, TIMEOUT_MS)
    worker.on('message', onMessage).once('exit', onExit).once('error', onError)
    void sendAll(worker, id, source).catch((error: unknown) => give('ended', String(error)))
  })
}

/** Stops when the child is gone: its end is told by `exit`, and nobody waits for the rest. */
async function sendAll(worker: ChildProcess, id: number, source: RenderSource): Promise<void> {
  // Starting the child took 5 to 15 ms of this turn.
  await nextTurn()
  const breather = new Breather()
  for (const request of requestsOf(id, source)) {
    if (!worker.connected) return
    worker.send(request, () => {})
    await breather.breathe()
  }
}
