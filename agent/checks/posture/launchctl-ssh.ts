/**
 * Remote login and screen sharing of macOS by launchd: `launchctl print system/<label>`, `launchctl print-disabled system` (`=> enabled`,
 * and before macOS 13 `=> false`, which says that it is not disabled), `launchctl list`, `systemsetup -getremotelogin`. Pure.
 */
import { type Failure, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Contribution, Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { agreed, noAnswer } from './contribute.ts'

const SSH = 'com.openssh.sshd'
const SCREEN = 'com.apple.screensharing'
/** Exit of `launchctl print` for a service that is not loaded. */
const NOT_FOUND = 113

/** null: not told. */
export type LaunchState = { readonly ssh: boolean | null; readonly screenSharing: boolean | null }

/** Errors: `access-denied`, `exit`, `empty`, `parse` (neither of the two services is named). systemsetup prints errors with exit 0. */
export function parseLaunchctl(text: string, stderr: string, exitCode: number | null): Result<LaunchState, Failure> {
  const all = `${text}\n${stderr}`
  const state = { ssh: stateOf(all, SSH), screenSharing: stateOf(all, SCREEN) }
  const login = agreed(
    [...text.matchAll(/^\s{0,8}Remote Login: (On|Off)\s*$/gim)].map(([, word]) => word?.toLowerCase()),
  )
  const ssh = login === null || login === undefined ? state.ssh : login === 'on'
  const isAnswer = exitCode === 0 || exitCode === NOT_FOUND
  if (!isAnswer || (ssh === null && state.screenSharing === null)) return noAnswer('launchctl', text, stderr, exitCode)
  return ok({ ssh, screenSharing: state.screenSharing })
}

function stateOf(text: string, label: string): boolean | null {
  const answers: boolean[] = []
  for (const line of text.split('\n', 20_000)) {
    if (!line.includes(label)) continue
    const told = line.slice(0, 300)
    const word = /=>\s{0,4}(enabled|disabled|true|false)\b/.exec(told)?.[1]
    if (word !== undefined && told.includes(`"${label}"`)) answers.push(word === 'enabled' || word === 'false')
    else if (/^Could not find service/i.test(told.trim())) answers.push(false)
    else if (new RegExp(`^\\s{0,4}(?:system/)?${label.replaceAll('.', '\\.')} = \\{`).test(told)) answers.push(true)
    else if (new RegExp(`^(?:-|\\d{1,9})\\s{1,8}-?\\d{1,6}\\s{1,8}${label.replaceAll('.', '\\.')}\\s*$`).test(told))
      answers.push(true)
  }
  return agreed(answers)
}

/** The parts that the state tells; what sshd allows is not in it. */
export function launchParts({ ssh, screenSharing }: LaunchState): Contribution<'posture'>['parts'] {
  const source = 'posture/launchctl-ssh'
  const rest = { rootLogin: null, passwordLogin: null, reachable: null }
  const nobody = { networkLevelAuthentication: null, port: null, tools: [] }
  return {
    ...(ssh === null ? {} : { sshd: read(source, { running: ssh, ...rest, ports: ssh ? [22] : [] }) }),
    ...(screenSharing === null ? {} : { remoteDesktop: read(source, { enabled: screenSharing, ...nobody }) }),
  }
}

/** Errors as `parseLaunchctl`. */
export const launchctlSshSource: Source<'posture'> = {
  id: 'posture/launchctl-ssh',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseLaunchctl(decode(stdout), stderr, exitCode)
    return state.ok ? ok({ parts: launchParts(state.value), samples: {} }) : state
  },
}
