/** The server's own series: figures asked at each scrape, requests by the pattern of their route. */
import fastify from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { FAMILIES, FAMILY_KEYS } from '../../../server/metrics/names.ts'
import { ServerMetrics } from '../../../server/metrics/server-metrics.ts'
import { keyOfSeries, parseExposition } from './parse-exposition.ts'

const figures = { machines: 3, connected: 2, livePages: 1, isWritable: true, records: 10, commits: 4, queued: 0 }
const metrics = new ServerMetrics(
  {
    machines: () => figures.machines,
    connected: () => figures.connected,
    livePages: () => figures.livePages,
    isWritable: () => figures.isWritable,
    records: () => figures.records,
    commits: () => figures.commits,
    queued: () => figures.queued,
    outbox: () => ({ waiting: 2, oldestAt: 1_000, now: 31_000, sent: { email: 5, webhook: 1 }, failed: { email: 1 } }),
  },
  '0.1.0',
  1_700_000_000,
)
const app = fastify()
metrics.watchRequests(app)
app.get('/things/:thing', async () => 'x')
afterAll(async () => {
  metrics.close()
  await app.close()
})

const figureOf = async (name: string, labels: { readonly [label: string]: string } = {}) => {
  const { series } = parseExposition(await metrics.expose())
  const found = series.filter((one) => one.name === name)
  return found.find((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))?.value
}

describe('ServerMetrics', () => {
  it('is an exposition of its own: no series twice, no name of the fleet, base units', async () => {
    const { families, series } = parseExposition(await metrics.expose())
    expect(new Set(series.map(keyOfSeries)).size).toBe(series.length)
    const ofFleet = new Set<string>(FAMILY_KEYS.map((key) => FAMILIES[key].name))
    for (const [name, { type }] of families) {
      expect(name).toMatch(/^rounds_server_[a-z_]+$/)
      expect(ofFleet).not.toContain(name)
      expect(name).not.toMatch(/_(?:ms|milliseconds|kb|mb|percent)(?:_|$)/)
      expect(name.endsWith('_total')).toBe(type === 'counter')
    }
  })

  it('asks for its figures at each scrape', async () => {
    expect(await figureOf('rounds_server_records_total')).toBe(10)
    Object.assign(figures, { records: 25, isWritable: false, connected: 0 })
    expect(await figureOf('rounds_server_records_total')).toBe(25)
    expect(await figureOf('rounds_server_store_writable')).toBe(0)
    expect(await figureOf('rounds_server_machines_connected')).toBe(0)
    expect(await figureOf('rounds_server_start_timestamp_seconds')).toBe(1_700_000_000)
  })

  it('says what waits to be told, and what was sent', async () => {
    expect(await figureOf('rounds_server_outbox_waiting')).toBe(2)
    expect(await figureOf('rounds_server_outbox_oldest_age_seconds')).toBe(30)
    expect(await figureOf('rounds_server_notifications_sent_total', { kind: 'email' })).toBe(5)
    expect(await figureOf('rounds_server_notifications_failed_total', { kind: 'email' })).toBe(1)
  })

  it('counts requests by pattern and status class, so that no text of a request becomes a label', async () => {
    await app.inject('/things/1')
    await app.inject('/things/%22%0aevil')
    await app.inject('/none/such/as/this')
    const route = { method: 'GET', route: '/things/:thing', status: '2xx' }
    expect(await figureOf('rounds_server_http_requests_total', route)).toBe(2)
    expect(await figureOf('rounds_server_http_requests_total', { route: 'none', status: '4xx' })).toBe(1)
    expect(await metrics.expose()).not.toContain('evil')
  })
})
