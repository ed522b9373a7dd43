/** Lindqvist & Moreau: architects in two studios, 14 machines, many of them Macs and laptops. Fictional. Pure data. */
import { ARCHITECT_VISITS } from './architects-visits.ts'
import type { ClientSpec } from './client-spec.ts'
import type { ScenarioEvent } from './event.ts'
import { dailyOffsite, desktop, drive, laptop, nightlyOffsite, nightlyToNas, server, volume } from './make-machine.ts'

const STUDIO = 'Studio, Ghent'
const ANNEX = 'Annex, Brussels'
const NAS = 'nas.studio.example/backup'
const CLOUD = 's3.example.net/lindqvist-moreau'

const plans = server({
  key: 'lm-plans',
  name: 'plans',
  site: STUDIO,
  place: 'Server cabinet',
  os: 'debian-13',
  drives: [
    drive('lm-plans', 'nvme', 2_000, { serial: 'first' }),
    drive('lm-plans', 'nvme', 2_000, { serial: 'second' }),
  ],
  volumes: [volume('/', '/dev/md0', 100, 0.31), volume('/srv/plans', '/dev/md1', 1_880, 0.57)],
  array: 'md1',
  jobs: [nightlyToNas('borg', 'plans', NAS, 21 * 60, 980), nightlyOffsite('plans-offsite', CLOUD, 60 + 30, 980)],
})

const render = server({
  key: 'lm-render',
  name: 'render-1',
  site: STUDIO,
  place: 'Server cabinet',
  os: 'ubuntu-24',
  holdsData: false,
  volumes: [volume('/', '/dev/nvme0n1p2', 960, 0.22)],
})

const branch = server({
  key: 'lm-annex',
  name: 'annex',
  site: ANNEX,
  place: 'Meeting room cupboard',
  os: 'debian-12',
  jobs: [nightlyOffsite('annex', CLOUD, 4 * 60, 260)],
})

const mac = (key: string, name: string, site: string, person: string, more = {}) =>
  laptop({
    key: `lm-${key}`,
    name,
    site,
    place: site === STUDIO ? 'Open studio' : 'Annex',
    person,
    os: 'macos-26',
    jobs: [dailyOffsite('home', CLOUD, 120)],
    ...more,
  })

const machines = [
  plans,
  render,
  branch,
  mac('mac-1', 'mac-lindqvist', STUDIO, 'Astrid Lindqvist'),
  mac('mac-2', 'mac-moreau', ANNEX, 'Julien Moreau'),
  mac('mac-3', 'mac-peeters', STUDIO, 'Wout Peeters', { os: 'macos-15' }),
  mac('mac-4', 'mac-okafor', STUDIO, 'Ada Okafor'),
  mac('mac-5', 'mac-silva', ANNEX, 'Rui Silva', { battery: [64, 57] }),
  mac('mac-6', 'mac-intern', STUDIO, 'intern', { enrolledDaysAgo: 38 }),
  desktop({ key: 'lm-bim-1', name: 'BIM-1', site: STUDIO, place: 'Open studio', person: 'Femke Daems' }),
  desktop({ key: 'lm-bim-2', name: 'BIM-2', site: STUDIO, place: 'Open studio', person: 'Pieter Claes' }),
  desktop({
    key: 'lm-plotter',
    name: 'PLOTTER',
    site: STUDIO,
    place: 'Print room',
    person: 'shared',
    drives: [drive('lm-plotter', 'hdd', 1_000, { isHidden: true })],
  }),
  desktop({ key: 'lm-office', name: 'OFFICE', site: STUDIO, place: 'Reception', person: 'Greet Nys' }),
  desktop({ key: 'lm-annex-1', name: 'ANNEX-1', site: ANNEX, place: 'Annex', person: 'Samir Haddad' }),
] as const

const events: readonly ScenarioEvent[] = [
  { kind: 'line-down', site: ANNEX, from: [18, 6 * 60 + 40], to: [18, 13 * 60 + 10] },
  { kind: 'backup-fails', machine: 'lm-plans', job: 'borg:plans', from: [64, 12 * 60], to: [63, 12 * 60] },
  { kind: 'backup-unreadable', machine: 'lm-mac-3', from: [70, 10 * 60], to: null },
  { kind: 'signatures-stuck', machine: 'lm-bim-2', from: [36, 11 * 60], to: [28, 9 * 60 + 30] },
  { kind: 'updates-stuck', machine: 'lm-office', from: [58, 9 * 60], to: [31, 16 * 60] },
  { kind: 'restart-waits', machine: 'lm-render', from: [34, 2 * 60], to: [25, 19 * 60] },
  { kind: 'away', machine: 'lm-mac-1', from: [48, 18 * 60], to: [38, 8 * 60 + 45] },
  { kind: 'ssh-passwords', machine: 'lm-annex', from: [55, 14 * 60], to: null },
]

/** The second client of the demo. */
export const architects: ClientSpec = {
  key: 'lindqvist-moreau',
  slug: 'lindqvist-moreau',
  name: 'Lindqvist & Moreau',
  language: 'en',
  timeZone: 'Europe/Brussels',
  sites: [STUDIO, ANNEX],
  manager: { name: 'Astrid Lindqvist', email: 'astrid@lindqvist-moreau.example' },
  machines,
  events,
  visits: ARCHITECT_VISITS,
}
