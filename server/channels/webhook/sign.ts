/** The signature of a webhook, after the Standard Webhooks specification 1.0: HMAC-SHA256 over `id.timestamp.body`. Pure but for new secrets. */
import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** @returns a new secret as text: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/** @returns the headers that prove who sent a body, when, and that a second copy is the same. @param atSeconds Unix time. */
export function signedHeaders(secret: string, id: string, atSeconds: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(atSeconds),
    'webhook-signature': `v1,${signature}`,
    'idempotency-key': id,
  }
}
