/** The session cookie: `__Host-` and Secure on https, a plain name on loopback http, never readable by scripts (security R13). Pure. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { EpochMs } from '../../shared/units.ts'

/** The `__Host-` prefix is refused by browsers without https. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-rounds' : 'rounds'
}

/** @param expiresAt null: delete it. @returns attributes of the cookie. */
export function cookieOptions(secure: boolean, expiresAt: EpochMs | null): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    expires: new Date(expiresAt ?? 0),
  }
}

/** @returns the session's secret in a Cookie header; null: none, or more than one of that name. */
export function readCookie(header: string | undefined, secure: boolean): string | null {
  const name = cookieName(secure)
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  const [value] = values
  return values.length === 1 && value !== undefined && value !== '' ? value : null
}
