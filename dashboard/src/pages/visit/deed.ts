/** What a person does on a visit: one closed list, what the server is asked for each, and which of them replace one another. Pure. */

import type { MachineRef } from '../../../../shared/api/card.ts'
import type {
  ActionEdit,
  ActionRequest,
  DecisionRequest,
  RecommendationRequest,
  RestoreTestRequest,
  StepRequest,
  VisitEdit,
} from '../../../../shared/api/visit-changes.ts'

type Unversioned<T> = Omit<T, 'version'>

/** `said`: what it is about, in words that are already on the page. */
export type Deed = { readonly said: string } & (
  | { readonly kind: 'step'; readonly body: Unversioned<StepRequest> }
  | { readonly kind: 'tick'; readonly action: string; readonly body: Unversioned<ActionEdit> }
  /** `line`: the line of the walk list that it ticks; null: something else. */
  | { readonly kind: 'action'; readonly line: string | null; readonly body: Unversioned<ActionRequest> }
  | {
      readonly kind: 'restore'
      readonly machine: Pick<MachineRef, 'id' | 'slug' | 'name'>
      readonly body: Unversioned<RestoreTestRequest>
    }
  | { readonly kind: 'decide'; readonly recommendation: string; readonly body: DecisionRequest }
  /** `id` null: a new one. */
  | { readonly kind: 'recommend'; readonly id: string | null; readonly body: Unversioned<RecommendationRequest> }
  | { readonly kind: 'withdraw'; readonly id: string }
  | { readonly kind: 'propose' }
  | { readonly kind: 'minutes'; readonly minutes: string }
  | { readonly kind: 'edit'; readonly body: Omit<VisitEdit, 'version' | 'minutes'> }
)

/** Where the visit is found: names in addresses. */
export type VisitPlace = { readonly client: string; readonly date: string }

/** @returns the address of a visit in the API. */
export const visitApi = ({ client, date }: VisitPlace): string =>
  `/api/v1/clients/${encodeURIComponent(client)}/visits/${encodeURIComponent(date)}`

/** One call of the API. */
export type DeedCall = {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body: object
}

const KEPT = { date: null, time: null, kind: null, author: null, recipient: null } as const

/** @param version of the visit that the person saw. */
export function callOf(deed: Deed, place: VisitPlace, version: number): DeedCall {
  const visit = visitApi(place)
  const id = encodeURIComponent
  switch (deed.kind) {
    case 'step':
      return { method: 'POST', path: `${visit}/steps`, body: { version, ...deed.body } }
    case 'tick':
      return { method: 'PATCH', path: `${visit}/actions/${id(deed.action)}`, body: { version, ...deed.body } }
    case 'action':
      return { method: 'POST', path: `${visit}/actions`, body: { version, ...deed.body } }
    case 'restore':
      return { method: 'POST', path: `${visit}/restore-tests`, body: { version, ...deed.body } }
    case 'decide':
      return {
        method: 'PUT',
        path: `/api/v1/clients/${id(place.client)}/recommendations/${id(deed.recommendation)}/decision`,
        body: deed.body,
      }
    case 'recommend':
      return deed.id === null
        ? { method: 'POST', path: `${visit}/recommendations`, body: { version, ...deed.body } }
        : { method: 'PUT', path: `${visit}/recommendations/${id(deed.id)}`, body: { version, ...deed.body } }
    case 'withdraw':
      return { method: 'DELETE', path: `${visit}/recommendations/${id(deed.id)}`, body: { version } }
    case 'propose':
      return { method: 'POST', path: `${visit}/proposals`, body: { version } }
    case 'minutes':
      return { method: 'PATCH', path: visit, body: { version, ...KEPT, minutes: deed.minutes } }
    case 'edit':
      return { method: 'PATCH', path: visit, body: { version, ...deed.body, minutes: null } }
  }
}

/** @returns what a deed is about; a later deed about the same takes the place of one that was not sent yet. null: each stands alone. */
export function topicOf(deed: Deed): string | null {
  switch (deed.kind) {
    case 'minutes':
    case 'edit':
    case 'propose':
      return deed.kind
    case 'tick':
      return `tick ${deed.action}`
    case 'action':
      return deed.line === null ? null : `line ${deed.line}`
    case 'decide':
      return `decide ${deed.recommendation}`
    case 'recommend':
      return deed.id === null ? null : `recommend ${deed.id}`
    default:
      return null
  }
}

/** @returns the later deed, with what only the earlier one said. */
export function mergeDeeds(before: Deed, after: Deed): Deed {
  if (before.kind !== 'tick' || after.kind !== 'tick') return after
  const { state, minutes, note } = before.body
  const body = {
    state: after.body.state ?? state,
    minutes: after.body.minutes ?? minutes,
    note: after.body.note ?? note,
  }
  return { ...after, body }
}
