/** What a request of the control socket is: the schema of what it takes, and the operation behind it. */
import type { Static, TSchema } from 'typebox'
import type { Operation } from './operations/operation.ts'
import type { Services } from './services.ts'

/** One request. */
export type Request<S extends TSchema, T> = {
  readonly takes: S
  readonly run: (services: Services, args: Static<S>) => Operation<T>
}

/** Declares a request; its arguments are checked before it runs. */
export const request = <S extends TSchema, T>(takes: S, run: Request<S, T>['run']): Request<S, T> => ({ takes, run })
