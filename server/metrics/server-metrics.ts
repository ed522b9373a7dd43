/** The server's own series, by prom-client, in a registry of their own: requests, event loop, memory, live pages, what ingest does. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Numbers that others keep; asked for at each scrape. null: not known, no series. */
export type ServerFigures = {
  readonly machines: () => number
  readonly connected: () => number
  readonly livePages: () => number
  readonly isWritable: () => boolean
  /** Reports accepted and made durable since the start. */
  readonly records: () => number
  readonly commits: () => number
  /** Records that wait for their commit. */
  readonly queued: () => number
  /** What waits to be told, since when, and what was sent or failed by kind of channel. */
  readonly outbox: () => {
    readonly waiting: number
    readonly oldestAt: number | null
    readonly now: number
    readonly sent: { readonly [kind: string]: number }
    readonly failed: { readonly [kind: string]: number }
  }
}

const NS_PER_SECOND = 1e9
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10]

/** One per server. */
export class ServerMetrics {
  readonly #registry = new Registry()
  readonly #requests: Counter
  readonly #duration: Histogram
  readonly #loop: ReturnType<typeof monitorEventLoopDelay>
  readonly #figures: ServerFigures

  constructor(figures: ServerFigures, version: string, startedAtSeconds: number) {
    const registers = [this.#registry]
    this.#figures = figures
    this.#loop = monitorEventLoopDelay({ resolution: 10 })
    this.#loop.enable()
    this.#requests = new Counter({
      name: 'rounds_server_http_requests_total',
      help: 'HTTP requests answered, by route and status class.',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    this.#duration = new Histogram({
      name: 'rounds_server_http_request_duration_seconds',
      help: 'Time from request to answer.',
      buckets: BUCKETS,
      registers,
    })
    const info = new Gauge({
      name: 'rounds_server_info',
      help: 'Version of the server; always 1.',
      labelNames: ['version', 'node'],
      registers,
    })
    info.set({ version, node: process.versions.node }, 1)
    this.#gauge('rounds_server_start_timestamp_seconds', 'When the server was started.', () => startedAtSeconds)
    this.#processGauges()
    this.#fleetGauges()
    this.#outboxSeries()
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read())
      },
    })
  }

  #counter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }

  #processGauges(): void {
    this.#gauge('rounds_server_resident_memory_bytes', 'Resident memory of the server.', () =>
      process.memoryUsage.rss(),
    )
    this.#gauge('rounds_server_heap_used_bytes', 'JavaScript heap in use.', () => process.memoryUsage().heapUsed)
    this.#counter('rounds_server_cpu_seconds_total', 'Processor time of the server.', () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1e6
    })
    const loop = this.#loop
    this.#gauge(
      'rounds_server_event_loop_delay_seconds',
      'Longest delay of the event loop since the last scrape.',
      () => {
        const longest = loop.max / NS_PER_SECOND
        loop.reset()
        return Number.isFinite(longest) ? longest : 0
      },
    )
  }

  #fleetGauges(): void {
    const { machines, connected, livePages, isWritable, records, commits, queued } = this.#figures
    this.#gauge('rounds_server_machines', 'Machines that are enrolled.', machines)
    this.#gauge('rounds_server_machines_connected', 'Machines whose agent is connected.', connected)
    this.#gauge('rounds_server_live_pages', 'Pages that follow changes.', livePages)
    this.#gauge('rounds_server_store_writable', 'Whether the store accepts writes.', () => (isWritable() ? 1 : 0))
    this.#gauge('rounds_server_records_queued', 'Records that wait for their commit.', queued)
    this.#counter('rounds_server_records_total', 'Records accepted and made durable.', records)
    this.#counter('rounds_server_commits_total', 'Transactions that made records durable.', commits)
  }

  #outboxSeries(): void {
    const { outbox } = this.#figures
    this.#gauge(
      'rounds_server_outbox_waiting',
      'Notices and notifications that are not sent yet.',
      () => outbox().waiting,
    )
    this.#gauge('rounds_server_outbox_oldest_age_seconds', 'Age of the oldest of them; 0: none waits.', () => {
      const { oldestAt, now } = outbox()
      return oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1_000
    })
    this.#byKind(
      'rounds_server_notifications_sent_total',
      'Notifications that the other side took.',
      () => outbox().sent,
    )
    this.#byKind('rounds_server_notifications_failed_total', 'Attempts that failed.', () => outbox().failed)
  }

  #byKind(name: string, help: string, read: () => { readonly [kind: string]: number }): void {
    new Counter({
      name,
      help,
      labelNames: ['kind'],
      registers: [this.#registry],
      collect() {
        this.reset()
        for (const [kind, value] of Object.entries(read())) this.inc({ kind }, value)
      },
    })
  }

  /** Counts every answered request. Routes are named by their pattern, so that no text of a request becomes a label. */
  watchRequests(app: FastifyInstance): void {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
      const status = `${Math.floor(reply.statusCode / 100)}xx`
      this.#requests.inc({ method: request.method, route, status })
      this.#duration.observe(reply.elapsedTime / 1_000)
    })
  }

  /** The exposition of the server's own series. */
  async expose(): Promise<string> {
    return `${await this.#registry.metrics()}`
  }

  /** Stops measuring. */
  close(): void {
    this.#loop.disable()
  }
}
