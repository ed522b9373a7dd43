/** Clinique vétérinaire des Saules: six machines, one server, and a copy that never left the building. Fictional. Pure data. */
import type { ClientSpec } from './client-spec.ts'
import type { ScenarioEvent } from './event.ts'
import { dailyOffsite, desktop, laptop, nightlyOffsite, nightlyToNas, server } from './make-machine.ts'
import { VET_VISITS } from './vets-visits.ts'

const CLINIC = 'Clinique'
const CLOUD = 's3.example.net/saules'

const machines = [
  server({
    key: 'vs-server',
    name: 'SRV-SAULES',
    site: CLINIC,
    place: 'Réserve',
    os: 'server-2022',
    jobs: [
      nightlyToNas('other', 'nuit', '\\\\NAS-SAULES\\copies', 20 * 60 + 30, 130),
      // Decided at the first visit, in place three weeks later.
      nightlyOffsite('hors-site', CLOUD, 60, 110, 68),
    ],
  }),
  desktop({ key: 'vs-accueil', name: 'PC-ACCUEIL', site: CLINIC, place: 'Accueil', person: 'Manon Petit' }),
  desktop({ key: 'vs-soins', name: 'PC-SOINS', site: CLINIC, place: 'Salle de soins', person: 'équipe' }),
  desktop({
    key: 'vs-radio',
    name: 'PC-RADIO',
    site: CLINIC,
    place: 'Radiologie',
    person: 'équipe',
    os: 'win10-22h2',
    jobs: [dailyOffsite('images', CLOUD, 300)],
    holdsData: true,
  }),
  laptop({
    key: 'vs-veto-1',
    name: 'LT-VETO-1',
    site: CLINIC,
    place: 'Visites',
    person: 'Dr Camille Roy',
    jobs: [dailyOffsite('documents', CLOUD, 25)],
  }),
  laptop({
    key: 'vs-veto-2',
    name: 'LT-VETO-2',
    site: CLINIC,
    place: 'Visites',
    person: 'Dr Hugo Marchal',
    jobs: [dailyOffsite('documents', CLOUD, 25)],
  }),
] as const

const events: readonly ScenarioEvent[] = [
  { kind: 'antivirus-stopped', machine: 'vs-soins', from: [5, 10 * 60 + 20], to: [4, 9 * 60 + 30] },
  { kind: 'backup-fails', machine: 'vs-server', job: 'other:nuit', from: [45, 12 * 60], to: [44, 12 * 60] },
  { kind: 'firewall-off', machine: 'vs-radio', from: [9, 14 * 60], to: null },
  { kind: 'away', machine: 'vs-veto-2', from: [74, 18 * 60], to: [64, 8 * 60 + 30] },
]

/** The third client of the demo. */
export const vets: ClientSpec = {
  key: 'saules',
  slug: 'saules',
  name: 'Clinique vétérinaire des Saules',
  language: 'fr',
  timeZone: 'Europe/Paris',
  sites: [CLINIC],
  manager: { name: 'Dr Camille Roy', email: 'camille.roy@saules.example' },
  machines,
  events,
  visits: VET_VISITS,
}
