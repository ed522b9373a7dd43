/** Visits at Lindqvist & Moreau: two made, one being prepared. Pure data. */
import type { PlannedVisit } from './visit-plan.ts'

const AUTHOR = 'Claire Aubry'
const RECIPIENT = 'Astrid Lindqvist, partner'

const first: PlannedVisit = {
  kind: 'periodic',
  state: 'sent',
  at: [93, 13 * 60 + 30],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'Both studios seen. The plotter PC hides the health of its disk behind a USB bridge.',
  actions: [
    {
      key: 'plotter-disk',
      text: 'Move the disk of PLOTTER off its USB bridge',
      who: AUTHOR,
      dueDaysAfter: 62,
      machine: 'lm-plotter',
      mends: null,
      needsHands: true,
      done: null,
    },
  ],
  recommendations: [],
  restoreTests: [
    {
      machine: 'lm-plans',
      job: 'borg:plans',
      what: 'One project folder, 3 GB',
      fromCopy: 'nas.studio.example, copy of the night before',
      durationMinutes: 22,
      isUsable: true,
      watchedBy: 'Astrid Lindqvist',
    },
  ],
}

const second: PlannedVisit = {
  kind: 'periodic',
  state: 'sent',
  at: [31, 13 * 60 + 30],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'Updates of OFFICE released. The backup of mac-peeters cannot be read until it has full disk access.',
  actions: [
    {
      key: 'office-updates',
      text: 'Install the updates that wait on OFFICE',
      who: AUTHOR,
      dueDaysAfter: 0,
      machine: 'lm-office',
      mends: { rule: 'patch/security-overdue', item: '' },
      needsHands: false,
      done: { visit: 1, minutes: 30 },
    },
    {
      key: 'restart-render',
      text: 'Restart render-1',
      who: AUTHOR,
      dueDaysAfter: 7,
      machine: 'lm-render',
      mends: { rule: 'patch/reboot-pending', item: '' },
      needsHands: false,
      done: { visit: 2, minutes: 5 },
    },
    {
      key: 'mac-3-access',
      text: 'Give the agent on mac-peeters full disk access',
      who: 'Wout Peeters',
      dueDaysAfter: 14,
      machine: 'lm-mac-3',
      mends: null,
      needsHands: true,
      done: null,
    },
  ],
  recommendations: [
    {
      key: 'annex-ssh',
      what: 'Allow remote login to the annex server by key only',
      why: 'Its password can be guessed from the office network.',
      otherwise: 'One weak password opens the files of the annex.',
      urgency: 'month',
      effortMinutes: 30,
      costLow: null,
      costHigh: null,
      owner: AUTHOR,
      about: [{ machine: 'lm-annex', rule: 'posture/ssh-password-login', item: '' }],
      decision: null,
    },
  ],
  restoreTests: [],
}

const third: PlannedVisit = {
  kind: 'periodic',
  state: 'preparing',
  at: [-13, 13 * 60 + 30],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: '',
  actions: [],
  recommendations: [],
  restoreTests: [],
}

/** In the order of time. */
export const ARCHITECT_VISITS: readonly PlannedVisit[] = [first, second, third]
