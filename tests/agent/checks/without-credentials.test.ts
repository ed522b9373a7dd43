/** No password in an address leaves a tool's words: neither into the detail of a reading nor into a recording. */
import { describe, expect, it } from 'vitest'
import { resticFailure } from '../../../agent/checks/backup/restic-failure.ts'
import { withoutCredentials } from '../../../agent/checks/without-credentials.ts'
import { createRedactor } from '../../../agent/probe/redact.ts'

describe('withoutCredentials', () => {
  it.each([
    ['rest:https://bob:s3cret@nas.example:8000/b', 'rest:https://***@nas.example:8000/b'],
    ['Acquire::http::Proxy "http://bob:p@ss@proxy:3128";', 'Acquire::http::Proxy "http://***@proxy:3128";'],
    ['two https://a:b@c/ and ftp://d@e/', 'two https://***@c/ and ftp://***@e/'],
    ['http://host/path@2 and mail@host', 'http://host/path@2 and mail@host'],
  ])('%s', (text, want) => expect(withoutCredentials(text)).toBe(want))

  it('takes no time over a hostile text', () => {
    const text = 'a://'.repeat(100_000)
    expect(withoutCredentials(text)).toBe(text)
  })
})

describe('what leaves the machine', () => {
  it('holds no password of a repository', () => {
    const said = 'Fatal: Get "https://bob:s3cret@nas.example/config": dial tcp: no route to host'
    expect(resticFailure(1, said).detail).toBe(
      'restic ended with 1: Fatal: Get "https://***@nas.example/config": dial tcp: no route to host',
    )
  })

  it('holds neither passwords nor ids of a sensor in a recording', () => {
    const redact = createRedactor('pc')
    expect(redact('Acquire::http::Proxy "http://bob:s3cret@proxy.example:3128";')).not.toMatch(/bob|s3cret/)
    const told = redact(`aid="${'0f'.repeat(16)}", cid="${'AB'.repeat(16)}-1C", rfm-state=false, version = 7.1`)
    expect(told).toBe('aid="SERIAL-1", cid="SERIAL-2", rfm-state=false, version = 7.1')
  })
})
