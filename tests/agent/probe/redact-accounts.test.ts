/** A recording holds neither names nor hashes of accounts, and still gives the same counts. */
import { expect, it } from 'vitest'
import { linuxAccountsSource } from '../../../agent/checks/posture/linux-accounts.ts'
import { createRedactor } from '../../../agent/probe/redact.ts'

const FILES = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000:Alice Martin:/home/alice:/bin/bash\n',
  '/etc/group': 'root:x:0:\nsudo:x:27:alice\n',
  '/etc/shadow': 'root:$y$j9T$SECRET:19000:0:99999:7:::\nalice::19000:0:99999:7:::\n',
}

it('takes names and hashes out of the lists of accounts', () => {
  const redact = createRedactor('srv')
  const count = (texts: readonly string[]) =>
    linuxAccountsSource.parse({
      stdout: Buffer.from(texts.join('')),
      stderr: '',
      exitCode: 0,
      platform: 'linux',
      now: 0,
    })
  const redacted = Object.entries(FILES).map(([path, text]) => redact(text, path))
  expect(redacted.join('')).not.toMatch(/alice|martin|secret|\$y\$/i)
  expect(redacted[2]).toMatch(/^root:hash:/)
  expect(count(redacted)).toEqual(count(Object.values(FILES)))
  expect(count(redacted)).toMatchObject({
    ok: true,
    value: { parts: { accounts: { value: { administrators: 1, emptyPasswords: 1 } } } },
  })
})
