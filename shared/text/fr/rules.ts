/** French texts of all rules. Pure. */
import type { RuleTexts } from '../rule-text.ts'
import { agent } from './rules/agent.ts'
import { antivirus } from './rules/antivirus.ts'
import { backup } from './rules/backup.ts'
import { diskHealth } from './rules/disk-health.ts'
import { diskStorage } from './rules/disk-storage.ts'
import { diskVolumes } from './rules/disk-volumes.ts'
import { patch } from './rules/patch.ts'
import { posture } from './rules/posture.ts'
import { system } from './rules/system.ts'

/** French texts of every rule. */
export const rules: RuleTexts = {
  ...antivirus,
  ...backup,
  ...diskHealth,
  ...diskStorage,
  ...diskVolumes,
  ...patch,
  ...posture,
  ...system,
  ...agent,
}
