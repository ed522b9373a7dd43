/** What was not seen, and how much was, against the oracle; and who signed. Pure. */
import type { OracleMachine } from '../../../server/demo/oracle/oracle.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { plain } from './calendar.ts'
import { isMissed, lookOf, pointsAt, type Scene } from './truth.ts'

const LABELS = {
  en: {
    machines: 'Machines in scope',
    heard: 'Reported within their rhythm',
    away: 'Away as usual, with their last proven state',
    silent: 'Silent, and not away as usual',
    signed: 'Machines that signed this state',
    open: 'Open points',
    unknown: 'Checks that could not tell',
    passing: 'Checks that pass',
  },
  fr: {
    machines: 'Postes concernés',
    heard: 'Ont rendu compte à leur rythme',
    away: 'Absents comme d’habitude, avec leur dernier état prouvé',
    silent: 'Muets, et pas absents comme d’habitude',
    signed: 'Postes qui ont signé cet état',
    open: 'Points ouverts',
    unknown: 'Vérifications sans réponse',
    passing: 'Vérifications réussies',
  },
} as const

/** @returns a sentence for each difference. */
export function checkCoverage(scene: Scene, report: VisitReport): readonly string[] {
  return [...checkCounts(scene, report), ...checkUnseen(scene, report), ...checkSigned(scene, report)]
}

function rowsOf({ language, parts }: VisitReport) {
  const rows = new Map<string, string>(
    parts.unseen?.coverage.rows.map(({ measured, amount }) => [measured, plain(amount)]),
  )
  return (label: keyof (typeof LABELS)['en']) => rows.get(LABELS[language][label])
}

const isOn = (scene: Scene, machine: OracleMachine) => lookOf(scene, machine)?.isOn === true

function isSilent(scene: Scene, machine: OracleMachine): boolean {
  const look = lookOf(scene, machine)
  return look !== undefined && !look.isOn && isMissed(machine, look, scene.at)
}

function checkCounts(scene: Scene, report: VisitReport): readonly string[] {
  const { machines } = scene
  const row = rowsOf(report)
  const of = (n: number) => (report.language === 'fr' ? `${n} sur ${machines.length}` : `${n} of ${machines.length}`)
  const on = machines.filter((machine) => isOn(scene, machine)).length
  const silent = machines.filter((machine) => isSilent(scene, machine)).length
  const away = machines.length - on - silent
  const expected = {
    machines: String(machines.length),
    heard: of(on),
    away: away === 0 ? undefined : of(away),
    silent: silent === 0 ? undefined : of(silent),
    signed: of(on),
  } as const
  const keys = ['machines', 'heard', 'away', 'silent', 'signed'] as const
  const wrong = keys.filter((key) => row(key) !== expected[key])
  const complaints = wrong.map((key) => `coverage: ${key} ${row(key)}, not ${expected[key]}`)
  const points = pointsAt(scene, scene.at)
  const open = Number(row('open'))
  const isRight = open >= points.filter(({ isSure }) => isSure).length && open <= points.length
  return isRight ? complaints : [...complaints, `coverage: ${open} open points of ${points.length}`]
}

/** Machines of which something cannot be told: unreadable backups, hidden drives, and what was silent for too long. */
function blindOf(scene: Scene): readonly OracleMachine[] {
  const { oracle, at, machines } = scene
  const unreadable = oracle.blind.filter(({ from, until }) => from < at && (until === null || at < until))
  const hidden = oracle.faults.filter(({ kind }) => kind === 'hidden-drive')
  const ids = new Set([...unreadable, ...hidden].map(({ machineId }) => machineId))
  return machines.filter((machine) => ids.has(machine.id) || isSilent(scene, machine))
}

/**
 * How many checks pass is the number of the server's own rules, which no history knows: more than one for each machine. How many could not
 * tell hangs on them too: it is more than none exactly when something could not be told.
 */
function checkUnseen(scene: Scene, report: VisitReport): readonly string[] {
  const blind = blindOf(scene).map(({ name }) => name)
  const said = plain(report.parts.unseen?.items.map(({ detail }) => detail).join('\n') ?? '')
  const isNamed = (name: string) => said.includes(`${name} :`) || said.includes(`${name}:`)
  const named = scene.machines.map(({ name }) => name).filter(isNamed)
  const complaints = String(named) === String(blind) ? [] : [`not seen: ${named} are told, ${blind} are so`]
  const row = rowsOf(report)
  const passing = Number(row('passing')?.replaceAll(/\D/g, ''))
  const isTold = Number(row('unknown')) > 0 === blind.length > 0 && passing > scene.machines.length
  return isTold ? complaints : [...complaints, `coverage: ${row('unknown')} could not tell, ${row('passing')} pass`]
}

/** Exactly the machines whose agents could be asked when the visit was opened. */
function checkSigned(scene: Scene, { annexes }: VisitReport): readonly string[] {
  const rows = annexes.attestations?.rows ?? []
  const signed = rows.filter(({ state }) => state === 'good').map(({ machine }) => machine)
  const expected = scene.machines.filter((machine) => isOn(scene, machine)).map(({ name }) => name)
  const isSame = String(signed.toSorted()) === String(expected.toSorted()) && rows.length === scene.machines.length
  return isSame ? [] : [`signed: ${signed} for ${expected}`]
}
