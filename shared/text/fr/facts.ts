/** French texts of the facts: one line per check. Parts are joined by a middle dot; what the source did not say is left out, never shown as zero. */
import type { FactTexts } from '../fact-text.ts'
import { agentFacts } from './facts/agent.ts'
import { antivirusFacts } from './facts/antivirus.ts'
import { backupFacts } from './facts/backup.ts'
import { diskFacts } from './facts/disk.ts'
import { patchFacts } from './facts/patch.ts'
import { postureFacts } from './facts/posture.ts'
import { systemFacts } from './facts/system.ts'

/** The French texts of the facts, by key. */
export const facts: FactTexts = {
  ...diskFacts,
  ...patchFacts,
  ...antivirusFacts,
  ...backupFacts,
  ...postureFacts,
  ...systemFacts,
  ...agentFacts,
}
