/** Turns an error of the file system or a socket into a failure with a closed code. Pure. */
import type { Failure, ReasonCode } from '../../shared/reading.ts'

const CODES: { readonly [errno: string]: ReasonCode } = {
  ENOENT: 'empty',
  ENOTDIR: 'empty',
  ENXIO: 'empty',
  ENODEV: 'empty',
  ECONNREFUSED: 'empty',
  EACCES: 'access-denied',
  EPERM: 'access-denied',
  ELOOP: 'access-denied',
  ETIMEDOUT: 'timeout',
  EHOSTDOWN: 'timeout',
  ESTALE: 'timeout',
  EISDIR: 'unsupported',
  EINVAL: 'unsupported',
  ENOTSUP: 'unsupported',
  EOPNOTSUPP: 'unsupported',
  ENOSYS: 'unsupported',
}

/** @param what what was looked at. Anything that is not in the list above is `exit`: the system refused in its own words. */
export function ioFailure(what: string, cause: unknown): Failure {
  const errno = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
  if (errno === 'ENOENT') return { code: 'empty', detail: `${what} does not exist` }
  if (errno === 'EACCES' || errno === 'EPERM') return { code: 'access-denied', detail: `${what} may not be read` }
  return { code: CODES[errno] ?? 'exit', detail: `${what} cannot be read (${errno})` }
}
