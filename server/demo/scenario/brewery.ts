/** Brasserie du Vieux Quai: a brewery with a depot, 20 machines, and most of what can go wrong in a quarter. Fictional. Pure data. */
import { GB } from '../../../shared/units.ts'
import { BREWERY_VISITS } from './brewery-visits.ts'
import type { ClientSpec } from './client-spec.ts'
import type { ScenarioEvent } from './event.ts'
import { dailyOffsite, desktop, drive, laptop, nightlyOffsite, nightlyToNas, server, volume } from './make-machine.ts'

const BREWERY = 'Brasserie, Namur'
const DEPOT = 'Dépôt, Huy'
const NAS = '\\\\NAS-BRASSERIE\\copies'
const CLOUD = 's3.example.net/vieux-quai'

const production = server({
  key: 'srv-prod',
  name: 'SRV-PROD',
  site: BREWERY,
  place: 'Local technique',
  os: 'server-2022',
  drives: [
    drive('srv-prod', 'hdd', 2_000, { serial: 'first', hoursAtEnd: 31_400 }),
    drive('srv-prod', 'hdd', 2_000, { serial: 'second', hoursAtEnd: 31_390 }),
  ],
  volumes: [
    volume('C:', '\\\\?\\Volume{c0}', 240, 0.48),
    // Grows by 4 GB a day; 700 GB are cleaned out at the second visit.
    volume('D:', '\\\\?\\Volume{d0}', 1_000, 0.308, { bytesPerDay: 4 * GB }),
  ],
  array: 'Miroir',
  jobs: [nightlyToNas('other', 'nuit-production', NAS, 22 * 60 + 40, 640), nightlyOffsite('hors-site', CLOUD, 60, 520)],
})

const accounts = server({
  key: 'srv-compta',
  name: 'SRV-COMPTA',
  site: BREWERY,
  place: 'Local technique',
  os: 'server-2016',
  jobs: [nightlyToNas('other', 'nuit-compta', NAS, 21 * 60 + 30, 210), nightlyOffsite('hors-site', CLOUD, 90, 180)],
})

const files = server({
  key: 'nas-depot',
  name: 'SRV-DEPOT',
  site: DEPOT,
  place: 'Armoire du quai',
  os: 'debian-12',
  drives: [
    drive('nas-depot', 'hdd', 4_000, { serial: 'first' }),
    drive('nas-depot', 'hdd', 4_000, { serial: 'second' }),
  ],
  volumes: [volume('/', '/dev/md0', 60, 0.35), volume('/srv', '/dev/md1', 3_900, 0.42)],
  array: 'md1',
  jobs: [nightlyOffsite('depot', CLOUD, 2 * 60 + 20, 900)],
})

const web = server({
  key: 'srv-boutique',
  name: 'srv-boutique',
  site: BREWERY,
  place: 'Local technique',
  os: 'ubuntu-24',
  jobs: [nightlyOffsite('boutique', CLOUD, 3 * 60 + 10, 45)],
})

const office = (key: string, name: string, place: string, person: string, more = {}) =>
  desktop({ key: `vq-${key}`, name, site: BREWERY, place, person, ...more })
const depot = (key: string, name: string, person: string, more = {}) =>
  desktop({ key: `vq-${key}`, name, site: DEPOT, place: 'Bureau du dépôt', person, ...more })

const machines = [
  production,
  accounts,
  files,
  web,
  office('compta-1', 'PC-COMPTA-1', 'Comptabilité', 'Sabine Lacroix'),
  office('compta-2', 'PC-COMPTA-2', 'Comptabilité', 'Youssef Amrani'),
  office('accueil', 'PC-ACCUEIL', 'Accueil', 'Marie Deltour', { os: 'win11-24h2' }),
  office('brassage', 'PC-BRASSAGE', 'Salle de brassage', 'atelier', { os: 'win10-22h2' }),
  office('embouteillage', 'PC-EMBOUT', 'Embouteillage', 'atelier', {
    drives: [drive('vq-embouteillage', 'hdd', 1_000, { celsius: 38 })],
  }),
  office('labo', 'PC-LABO', 'Laboratoire', 'Inès Thiry', {
    drives: [drive('vq-labo', 'ssd', 512, { wear: { percentAtEnd: 83, perDay: 0.06 } })],
  }),
  office('achats', 'PC-ACHATS', 'Achats', 'Benoît Rahier'),
  // Its documents stay on it, and nobody knew.
  office('export', 'PC-EXPORT', 'Export', 'Chloé Vanness', {
    holdsData: true,
    enrolledDaysAgo: 44,
    jobs: [dailyOffsite('documents', CLOUD, 60, 24)],
  }),
  office('etiquettes', 'PC-ETIQUETTES', 'Embouteillage', 'atelier'),
  depot('depot-1', 'PC-DEPOT-1', 'Karim Belkacem'),
  depot('depot-2', 'PC-DEPOT-2', 'Lise Hanquet'),
  depot('quai', 'PC-QUAI', 'quai', { memoryBytes: 8 * GB, memoryShare: 0.94 }),
  laptop({ key: 'vq-direction', name: 'LT-DIRECTION', site: BREWERY, place: 'Direction', person: 'Luc Mestdagh' }),
  laptop({
    key: 'vq-vente-1',
    name: 'LT-VENTE-1',
    site: BREWERY,
    place: 'Commerciaux',
    person: 'Élodie Fontaine',
    battery: [68, 52],
  }),
  laptop({ key: 'vq-vente-2', name: 'LT-VENTE-2', site: BREWERY, place: 'Commerciaux', person: 'Tom Wauters' }),
  laptop({ key: 'vq-vente-3', name: 'LT-VENTE-3', site: BREWERY, place: 'Commerciaux', person: 'Nadia Colson' }),
] as const

const events: readonly ScenarioEvent[] = [
  {
    kind: 'counters',
    machine: 'srv-prod',
    drive: 1,
    steps: [
      { at: [62, 9 * 60], field: 'reallocatedSectors', value: 2 },
      { at: [6, 11 * 60], field: 'pendingSectors', value: 8 },
      { at: [3, 14 * 60], field: 'pendingSectors', value: 24 },
      { at: [3, 14 * 60], field: 'offlineUncorrectable', value: 3 },
    ],
  },
  { kind: 'cleaned', machine: 'srv-prod', mount: 'D:', at: [27, 11 * 60 + 20], bytes: 700 * GB },
  // The box was full for three nights.
  { kind: 'backup-fails', machine: 'srv-compta', job: 'other:nuit-compta', from: [71, 12 * 60], to: [67, 12 * 60] },
  { kind: 'backup-fails', machine: 'srv-compta', job: 'other:nuit-compta', from: [3, 12 * 60], to: null },
  {
    kind: 'array-degraded',
    machine: 'nas-depot',
    from: [80, 10 * 60 + 12],
    rebuilt: [79, 9 * 60 + 40],
    to: [79, 15 * 60 + 5],
  },
  { kind: 'power-cut', site: DEPOT, from: [52, 14 * 60 + 23], to: [52, 17 * 60 + 41] },
  { kind: 'ssh-passwords', machine: 'srv-boutique', from: [110, 9 * 60], to: [27, 14 * 60] },
  { kind: 'updates-stuck', machine: 'vq-achats', from: [75, 9 * 60], to: [27, 10 * 60 + 30] },
  { kind: 'updates-stuck', machine: 'vq-etiquettes', from: [24, 9 * 60], to: null },
  { kind: 'antivirus-stopped', machine: 'vq-compta-2', from: [41, 10 * 60 + 15], to: [40, 11 * 60 + 50] },
  { kind: 'signatures-stuck', machine: 'vq-accueil', from: [15, 9 * 60 + 40], to: [6, 10 * 60] },
  { kind: 'firewall-off', machine: 'vq-brassage', from: [48, 15 * 60], to: [27, 15 * 60 + 30] },
  { kind: 'hot', machine: 'vq-embouteillage', drive: 0, celsius: 54, from: [37, 8 * 60], to: [33, 16 * 60] },
  {
    kind: 'counters',
    machine: 'vq-embouteillage',
    drive: 0,
    steps: [
      { at: [58, 10 * 60], field: 'crcErrors', value: 14 },
      { at: [56, 10 * 60], field: 'crcErrors', value: 31 },
    ],
  },
  { kind: 'restart-waits', machine: 'srv-compta', from: [19, 2 * 60], to: [8, 20 * 60] },
  { kind: 'away', machine: 'vq-depot-2', from: [96, 17 * 60 + 10], to: [84, 8 * 60 + 5] },
  { kind: 'away', machine: 'vq-vente-2', from: [22, 18 * 60], to: [11, 8 * 60 + 20] },
  // Taken out of use and told to nobody.
  { kind: 'away', machine: 'vq-depot-1', from: [34, 17 * 60 + 5], to: null },
  { kind: 'declared-none', machine: 'vq-export' },
]

/** The first client of the demo. */
export const brewery: ClientSpec = {
  key: 'vieux-quai',
  slug: 'vieux-quai',
  name: 'Brasserie du Vieux Quai',
  language: 'fr',
  timeZone: 'Europe/Brussels',
  sites: [BREWERY, DEPOT],
  manager: { name: 'Luc Mestdagh', email: 'luc.mestdagh@vieux-quai.example' },
  machines,
  events,
  visits: BREWERY_VISITS,
}
