/** The word of a machine's disk encryption: unknown is never yes. */
import { expect, it } from 'vitest'
import { encryptionWord } from '../../../server/views/encryption-word.ts'
import type { EncryptedVolume } from '../../../shared/checks/posture.ts'
import { failed, NEVER, read } from '../../../shared/reading.ts'

type State = EncryptedVolume['state']
const volumes = (system: State | null, ...others: readonly State[]) =>
  read('posture/x', [
    ...(system === null ? [] : [{ mount: '/', system: true, state: system, method: null }]),
    ...others.map((state, at) => ({ mount: `/${at}`, system: false, state, method: null })),
  ])

it.each<[string, Parameters<typeof encryptionWord>[0], string]>([
  ['all of it', volumes('protected', 'protected'), 'yes'],
  ['the system is open', volumes('off', 'protected'), 'no'],
  ['the system is being opened', volumes('decrypting'), 'no'],
  ['the key lies beside it', volumes('suspended'), 'suspended'],
  ['data lies open', volumes('protected', 'off'), 'partial'],
  ['swap lies open', volumes('partial'), 'partial'],
  ['it still runs', volumes('encrypting'), 'partial'],
  ['locked', volumes('protected', 'locked'), 'not-proven'],
  ['no system volume told', volumes(null, 'protected'), 'not-proven'],
  ['nothing told', volumes(null), 'not-proven'],
  ['failed', failed('posture/x', { code: 'access-denied', detail: '' }), 'not-proven'],
  ['stale', failed('posture/x', { code: 'stale', detail: '' }), 'not-proven'],
  ['an older agent', NEVER, 'not-proven'],
])('%s', (_, reading, want) => expect(encryptionWord(reading)).toBe(want))
