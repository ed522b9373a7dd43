/** Visits at Clinique des Saules: two made, one being prepared. Pure data. */
import type { PlannedVisit } from './visit-plan.ts'

const AUTHOR = 'Claire Aubry'
const RECIPIENT = 'Dr Camille Roy'

const first: PlannedVisit = {
  kind: 'mini-audit',
  state: 'sent',
  at: [90, 14 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'Une seule copie, dans la même pièce que le serveur.',
  actions: [],
  recommendations: [
    {
      key: 'offsite-copy',
      what: 'Une copie chiffrée hors de la clinique',
      why: 'Un incendie ou un vol emporterait les dossiers des patients et leur copie.',
      otherwise: 'Tous les dossiers peuvent être perdus en une nuit.',
      urgency: 'now',
      effortMinutes: 120,
      costLow: 180,
      costHigh: 240,
      owner: AUTHOR,
      about: [{ machine: 'vs-server', rule: 'backup/not-offsite', item: '' }],
      decision: { answer: 'do', untilDaysAfter: null, reason: '', by: 'Dr Camille Roy' },
    },
    {
      key: 'radio-windows-10',
      what: 'Remplacer le PC de radiologie',
      why: 'Windows 10 ne reçoit plus de corrections de sécurité sans abonnement payant.',
      otherwise: 'Le fabricant de l’appareil ne garantit plus son logiciel.',
      urgency: 'year',
      effortMinutes: 240,
      costLow: 800,
      costHigh: 1_100,
      owner: AUTHOR,
      about: [{ machine: 'vs-radio', rule: 'system/support-ended', item: '' }],
      decision: {
        answer: 'accept',
        untilDaysAfter: 365,
        reason: 'L’appareil de radiologie est remplacé l’an prochain',
        by: 'Dr Camille Roy',
      },
    },
  ],
  restoreTests: [],
}

const second: PlannedVisit = {
  kind: 'periodic',
  state: 'sent',
  at: [29, 14 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'La copie hors site est en place et a été relue.',
  actions: [],
  recommendations: [],
  restoreTests: [
    {
      machine: 'vs-server',
      job: 'restic:hors-site',
      what: 'Dossiers de patients d’une semaine',
      fromCopy: 's3.example.net/saules, copie de la veille',
      durationMinutes: 41,
      isUsable: true,
      watchedBy: 'Dr Camille Roy',
    },
  ],
}

const third: PlannedVisit = {
  kind: 'periodic',
  state: 'preparing',
  at: [-20, 14 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: '',
  actions: [],
  recommendations: [],
  restoreTests: [],
}

/** In the order of time. */
export const VET_VISITS: readonly PlannedVisit[] = [first, second, third]
