/** Visits at Brasserie du Vieux Quai: two made, one being prepared. Pure data. */
import type { PlannedVisit } from './visit-plan.ts'

const AUTHOR = 'Claire Aubry'
const RECIPIENT = 'Luc Mestdagh, gérant'

const first: PlannedVisit = {
  kind: 'mini-audit',
  state: 'sent',
  at: [88, 9 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'Première visite. Les deux sites ont été vus, les 19 machines portent un agent.',
  actions: [
    {
      key: 'ssh-keys',
      text: 'Remplacer les mots de passe par des clés sur la boutique en ligne',
      who: AUTHOR,
      dueDaysAfter: 61,
      machine: 'srv-boutique',
      mends: { rule: 'posture/ssh-password-login', item: '' },
      needsHands: false,
      done: { visit: 1, minutes: 35 },
    },
    {
      key: 'depot-2-back',
      text: 'Remettre en service PC-DEPOT-2 au retour de congé',
      who: 'Lise Hanquet',
      dueDaysAfter: 7,
      machine: 'vq-depot-2',
      mends: { rule: 'agent/silent', item: '' },
      needsHands: true,
      done: { visit: 1, minutes: 0 },
    },
    {
      key: 'windows-10',
      text: 'Chiffrer le remplacement du PC de la salle de brassage',
      who: AUTHOR,
      dueDaysAfter: 61,
      machine: 'vq-brassage',
      mends: null,
      needsHands: false,
      done: null,
    },
  ],
  recommendations: [
    {
      key: 'replace-brassage',
      what: 'Remplacer le PC de la salle de brassage',
      why: 'Windows 10 ne reçoit plus de corrections de sécurité sans abonnement payant.',
      otherwise: 'Une faille connue reste ouverte sur le réseau de production.',
      urgency: 'quarter',
      effortMinutes: 180,
      costLow: 650,
      costHigh: 900,
      owner: AUTHOR,
      about: [{ machine: 'vq-brassage', rule: 'system/support-ended', item: '' }],
      decision: { answer: 'defer', untilDaysAfter: 120, reason: 'Budget de janvier', by: 'Luc Mestdagh' },
    },
  ],
  restoreTests: [
    {
      machine: 'srv-compta',
      job: 'other:nuit-compta',
      what: 'Dossier de la TVA du troisième trimestre',
      fromCopy: 'NAS-BRASSERIE, copie de la veille',
      durationMinutes: 14,
      isUsable: true,
      watchedBy: 'Sabine Lacroix',
    },
  ],
}

const second: PlannedVisit = {
  kind: 'periodic',
  state: 'sent',
  at: [27, 9 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: 'Nettoyage de D: sur SRV-PROD, pare-feu rétabli en salle de brassage, mises à jour débloquées aux achats.',
  actions: [
    {
      key: 'clean-d',
      text: 'Libérer le volume D: de SRV-PROD',
      who: AUTHOR,
      dueDaysAfter: 0,
      machine: 'srv-prod',
      mends: { rule: 'disk/filling-up', item: 'D:' },
      needsHands: false,
      done: { visit: 1, minutes: 40 },
    },
    {
      key: 'firewall',
      text: 'Rétablir le pare-feu du PC de la salle de brassage',
      who: AUTHOR,
      dueDaysAfter: 0,
      machine: 'vq-brassage',
      mends: { rule: 'posture/firewall-off', item: '' },
      needsHands: true,
      done: { visit: 1, minutes: 10 },
    },
    {
      key: 'export-backup',
      text: 'Sauvegarder les documents de PC-EXPORT',
      who: AUTHOR,
      dueDaysAfter: 7,
      machine: 'vq-export',
      mends: { rule: 'backup/none-known', item: '' },
      needsHands: false,
      done: { visit: 2, minutes: 25 },
    },
    {
      key: 'find-depot-1',
      text: 'Retrouver PC-DEPOT-1 ou le retirer de la liste',
      who: 'Karim Belkacem',
      dueDaysAfter: 30,
      machine: 'vq-depot-1',
      mends: { rule: 'agent/silent', item: '' },
      needsHands: true,
      done: null,
    },
  ],
  recommendations: [
    {
      key: 'battery-vente-1',
      what: 'Remplacer la batterie de LT-VENTE-1',
      why: 'Le portable ne tient plus une demi-journée chez un client.',
      otherwise: 'Il s’éteindra en rendez-vous.',
      urgency: 'quarter',
      effortMinutes: 45,
      costLow: 90,
      costHigh: 130,
      owner: AUTHOR,
      about: [{ machine: 'vq-vente-1', rule: 'system/battery-worn', item: 'BAT0' }],
      decision: { answer: 'do', untilDaysAfter: null, reason: '', by: 'Luc Mestdagh' },
    },
    {
      key: 'memory-quai',
      what: 'Ajouter de la mémoire à PC-QUAI',
      why: 'Le poste attend son disque à chaque livraison.',
      otherwise: 'Les bons de livraison continuent de sortir lentement.',
      urgency: 'year',
      effortMinutes: 60,
      costLow: 60,
      costHigh: 80,
      owner: AUTHOR,
      about: [{ machine: 'vq-quai', rule: 'system/memory-short', item: '' }],
      decision: {
        answer: 'accept',
        untilDaysAfter: 180,
        reason: 'Le poste sera remplacé au printemps',
        by: 'Luc Mestdagh',
      },
    },
  ],
  restoreTests: [
    {
      machine: 'srv-prod',
      job: 'restic:hors-site',
      what: 'Base de production, une table',
      fromCopy: 's3.example.net/vieux-quai, copie du 20',
      durationMinutes: 95,
      isUsable: true,
      watchedBy: 'Luc Mestdagh',
    },
  ],
}

const third: PlannedVisit = {
  kind: 'periodic',
  state: 'preparing',
  at: [-6, 9 * 60],
  author: AUTHOR,
  recipient: RECIPIENT,
  minutes: '',
  actions: [],
  recommendations: [],
  restoreTests: [],
}

/** In the order of time. */
export const BREWERY_VISITS: readonly PlannedVisit[] = [first, second, third]
