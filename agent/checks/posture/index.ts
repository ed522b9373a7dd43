/** The room `posture`: its tasks and the sources its parsers stand for. Pure wiring. */
import type { Source, Task } from '../collector.ts'
import { chronycSource } from './chronyc.ts'
import { firewallTask } from './collect-firewall.ts'
import { sshdTask } from './collect-sshd.ts'
import { timeTask } from './collect-time.ts'
import { firewalldSource } from './firewalld.ts'
import { iptablesSource } from './iptables.ts'
import { nftSource } from './nft.ts'
import { sshdConfigSource } from './sshd-config.ts'
import { timedatectlSource } from './timedatectl.ts'
import { ufwSource } from './ufw.ts'

/** What the agent runs for the check `posture`. */
export const POSTURE_TASKS: readonly Task<'posture'>[] = [firewallTask, sshdTask, timeTask]

/** What `agent parse posture/…` knows. */
export const POSTURE_SOURCES: readonly Source<'posture'>[] = [
  ufwSource,
  firewalldSource,
  nftSource,
  iptablesSource,
  sshdConfigSource,
  timedatectlSource,
  chronycSource,
]
