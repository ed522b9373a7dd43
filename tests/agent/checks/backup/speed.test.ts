/** Noise costs no parser its time: processor time is measured, so that a busy machine makes no difference. */
import { describe, expect, it } from 'vitest'
import { BACKUP_SOURCES } from '../../../../agent/checks/backup/index.ts'

const SIZE = 256 * 1024
/** A quarter of a megabyte takes 2 to 15 ms; what is quadratic in it takes a second. */
const MOST_MS = 250

const PIECES = [
  ...['a', '[', '{', '"', ' ', '\n', '\r\n', '<a>', '\0'],
  ...[
    'Key : x\n',
    'a=b\n',
    '[\n',
    '{"a":1}\n',
    '{"job":"a","exit":0,"at":5}\n',
    '2026-11-25 02:00:00 x\n',
    'a | b | c\n',
  ],
  '{"type": "log_message", "status": "E"}\n',
  "<Event><EventID>4</EventID></Event><Data Name='",
  'Event[0]:\nId : 4\n',
  "[25.11.2026 03:10:00] Job session 'a' has been completed, status: 'x\n",
  '** a"b" 1 1 1 11/25/2026-03:10 ',
  '/2026-11-25-001115.backup\n{\n a = b;\n',
]
const NOISE = [
  ...PIECES.map((piece) => [piece, piece.repeat(SIZE / piece.length)] as const),
  ...['1', '{}'].map((item) => [`[${item}, …]`, `[${`${item},`.repeat(SIZE / 4)}${item}]`] as const),
  ['499 brackets', `${'['.repeat(499)}a`.repeat(SIZE / 500)] as const,
  [
    'snapshots of ZFS as JSON',
    JSON.stringify({
      datasets: Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`tank@${at}`, { properties: {} }])),
    }),
  ] as const,
].map(([name, text]) => ({ name, stdout: Buffer.from(text) }))

describe('a quarter of a megabyte of noise', () => {
  it.each(BACKUP_SOURCES)('$id', (source) => {
    const slow = NOISE.flatMap(({ name, stdout }) => {
      const before = process.cpuUsage()
      source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: Date.UTC(2026, 10, 25) })
      const { user, system } = process.cpuUsage(before)
      return user + system > MOST_MS * 1_000 ? [`${name}: ${user + system} µs`] : []
    })
    expect(slow).toEqual([])
  })
})
