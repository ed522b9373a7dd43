/** Calls to the server's API. One error shape; a lost session is told apart from a lost server. */

/** `absent` covers both missing and forbidden: a stranger learns nothing. */
export type ApiFailure = {
  readonly kind: 'signed-out' | 'absent' | 'refused' | 'unreachable'
  readonly message: string
}

/** Thrown by every call that does not succeed. */
export class ApiError extends Error {
  readonly failure: ApiFailure
  /** The server's word for it (`conflict`); empty: it did not answer in words. */
  readonly code: string
  constructor(failure: ApiFailure, code = '') {
    super(failure.message)
    this.name = 'ApiError'
    this.failure = failure
    this.code = code
  }
}

const KINDS: { readonly [status: number]: ApiFailure['kind'] } = { 401: 'signed-out', 403: 'absent', 404: 'absent' }

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (cause) {
    throw new ApiError({ kind: 'unreachable', message: String(cause) })
  }
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) return answer
  const { code, message } = errorOf(answer, response.status)
  throw new ApiError({ kind: kindOf(response.status), message }, code)
}

function kindOf(status: number): ApiFailure['kind'] {
  return KINDS[status] ?? (status >= 500 ? 'unreachable' : 'refused')
}

function errorOf(answer: unknown, status: number): { readonly code: string; readonly message: string } {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null
  const isSaid = typeof error === 'object' && error !== null && 'message' in error
  if (!isSaid) return { code: '', message: `HTTP ${status}` }
  return { code: 'code' in error ? String(error.code) : '', message: String(error.message) }
}

/** The server validates what it sends against the same schema, so the type is taken at its word here. */
export const get = async <T>(path: string): Promise<T> => (await call('GET', path)) as T
export const post = async <T>(path: string, body: unknown): Promise<T> => (await call('POST', path, body)) as T
/** Any change; what it answers is the caller's to look at. */
export const change = (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<unknown> =>
  call(method, path, body)
export const put = async <T>(path: string, body: unknown): Promise<T> => (await call('PUT', path, body)) as T
export const patch = async <T>(path: string, body: unknown): Promise<T> => (await call('PATCH', path, body)) as T
export const remove = async (path: string): Promise<void> => {
  await call('DELETE', path)
}
