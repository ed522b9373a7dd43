/** How an installation's visit reports look: the operator's name, role, contact, colour and logo. */
import { type Static, Type } from 'typebox'
import { orNull, strict, text } from '../../../shared/reading.ts'
import { ok } from '../../../shared/result.ts'
import type { Caller } from '../../auth/access.ts'
import { type OperatorLooks, readOperatorLooks, saveOperatorLooks } from '../../visits/operator-looks.ts'
import { acceptLogo } from '../../visits/report/accept-logo.ts'
import type { Services } from '../services.ts'
import { audit, type Operation, refuse } from './operation.ts'

const Word = (maxLength: number) => Type.Optional(orNull(text(maxLength)))

/** A change: absent keys stay, null takes back. `logo`: bytes of an image in base64. */
export const OperatorChange = strict({
  name: Word(128),
  role: Word(128),
  contact: Word(256),
  color: Word(16),
  logo: Word(400_000),
})
/** What `OperatorChange` checks. */
export type OperatorChange = Static<typeof OperatorChange>

const WHY = {
  size: 'The logo is above 200 kB.',
  type: 'The logo is neither a PNG nor an SVG.',
  active:
    'The SVG holds more than shapes and paints: scripts, styles, links, text and other images are no part of a logo.',
} as const

/** @returns the looks in force. */
export async function operatorLooks({ store }: Services): Operation<OperatorLooks> {
  return ok(await readOperatorLooks(store.hub))
}

/** Changes them for every report that is sent from now on. */
export async function changeOperator(
  services: Services,
  caller: Caller,
  change: OperatorChange,
): Operation<OperatorLooks> {
  const { logo: written, ...words } = change
  const before = await readOperatorLooks(services.store.hub)
  let { logo } = before
  if (written === null) logo = null
  else if (written !== undefined) {
    const accepted = acceptLogo(Buffer.from(written, 'base64'), words.name ?? before.name ?? '')
    if (!accepted.ok) return refuse('invalid', WHY[accepted.error])
    logo = accepted.value
  }
  const looks = { ...before, ...words, logo }
  if (looks.color !== null && !/^#[0-9a-fA-F]{6}$/.test(looks.color)) {
    return refuse('invalid', 'The colour must be six hexadecimal digits, such as #0b5c69.')
  }
  await saveOperatorLooks(services.store.hub, looks)
  await audit(services, caller, 'operator changed', null, Object.keys(change).join(', '))
  return ok(looks)
}
