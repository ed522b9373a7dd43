/** French texts of the rules about updates. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import { updateCommandsOf as commandsOf } from '../../update-commands.ts'

type About = { readonly manager?: string }

/** Les serveurs Windows ont sconfig ; ailleurs, cela se fait dans les paramètres. */
const WINDOWS = 'windows-update'
const ofWindows = (command: string) => `Paramètres > Windows Update (sur un serveur : ${command}).`
const install = ({ manager }: About) => {
  const commands = commandsOf(manager)
  if (commands === null) return 'Les installer avec l’outil de mise à jour du système.'
  return `Les installer : ${manager === WINDOWS ? ofWindows(commands.install) : `${commands.install}.`}`
}
const refresh = ({ manager }: About) => {
  const commands = commandsOf(manager)
  if (commands === null) return 'L’actualiser avec l’outil de mise à jour du système, et réparer ce qu’il signale.'
  const log =
    commands.refreshLog === null ? '' : ` Vérifier ensuite ce qui devrait le faire seul : ${commands.refreshLog}.`
  return `L’actualiser : ${commands.refresh}. En cas d’échec, réparer la source nommée.${log}`
}
const switchOn = ({ manager }: About) => {
  const automatic = commandsOf(manager)?.automatic ?? null
  if (automatic === null)
    return 'Convenir de qui installe les mises à jour ici, et quand ; ce système n’a rien d’automatique.'
  return `Les activer : ${manager === WINDOWS ? ofWindows(automatic) : `${automatic}.`}`
}

/** French texts of the rules about updates. */
export const patch: RuleTextsAbout<'patch'> = {
  'patch/security-overdue': {
    name: 'Âge des mises à jour de sécurité',
    title: (v, f) =>
      `${counted(f, v.count, '# mise à jour de sécurité attend', '# mises à jour de sécurité attendent')}, la plus ancienne depuis ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      `Les mises à jour que propose le gestionnaire de paquets, et depuis quand chacune est connue. La plus ancienne, depuis le ${f.date(v.oldestSince)} : ${v.names}.`,
    todo: (v) => `${install(v)} Chercher ensuite pourquoi cela ne s’est pas fait tout seul.`,
    manager: (v, f) =>
      `Des failles connues sont ouvertes sur cette machine depuis ${f.span(v.ageMs)}. Des attaquants s’en servent ; un assureur peut refuser de payer.`,
    impact: 'Les failles que ces mises à jour ferment sont publiques et exploitées.',
    blind: 'Impossible de dire depuis quand des mises à jour de sécurité attendent.',
  },
  'patch/security-waiting': {
    name: 'Mises à jour de sécurité en attente',
    title: (v, f) =>
      counted(
        f,
        v.count,
        '# mise à jour de sécurité attend d’être installée.',
        '# mises à jour de sécurité attendent d’être installées.',
      ),
    looked: (v) => `Les mises à jour que propose le gestionnaire de paquets, dont : ${v.names}.`,
    todo: install,
    manager: () =>
      'Cette machine a pris du retard dans ses mises à jour de sécurité. Les installer prend moins d’une heure, au moment qui vous convient.',
    impact: 'Chaque mise à jour de sécurité en attente est une faille connue.',
    blind: 'Impossible de dire quelles mises à jour de sécurité attendent.',
  },
  'patch/list-stale': {
    name: 'Âge de la liste des mises à jour',
    title: (v, f) => `La liste des mises à jour disponibles date de ${f.span(v.ageMs)}.`,
    looked: (v, f) => `La dernière actualisation des listes du gestionnaire de paquets : ${f.date(v.refreshedAt)}.`,
    todo: refresh,
    manager: () =>
      'Cette machine n’apprend plus quelles mises à jour existent. On ne peut pas se fier à ce qu’elle dit de celles qui manquent.',
    impact: 'Avec une vieille liste, « rien ne manque » ne veut rien dire.',
    blind: 'Impossible de dire de quand date la liste des mises à jour.',
  },
  'patch/upgrade-overdue': {
    name: 'Dernière mise à jour',
    title: (v, f) => `Aucune mise à jour n’a été installée depuis ${f.span(v.ageMs)}.`,
    looked: (v, f) =>
      `L’historique du gestionnaire de paquets ; la dernière mise à jour réussie date du ${f.date(v.lastAt)}.`,
    todo: (v) => `${install(v)} Activer ensuite les mises à jour de sécurité automatiques.`,
    manager: (v, f) =>
      `Personne n’a mis cette machine à jour depuis ${f.span(v.ageMs)}. Plus elle attend, plus la mise à jour devient risquée et longue.`,
    impact:
      'Une machine qu’on ne met pas à jour accumule des failles et des défauts réparés ailleurs depuis longtemps.',
    blind: 'Impossible de dire quand cette machine a été mise à jour.',
  },
  'patch/reboot-pending': {
    name: 'Redémarrage attendu',
    title: (v, f) => `Des mises à jour installées attendent un redémarrage depuis ${f.span(v.forMs)}.`,
    looked: (v) =>
      v.installed !== '' && v.installed !== v.running
        ? `Le noyau en service (${v.running}) comparé au noyau installé (${v.installed}), et le signal du système lui-même.`
        : 'Le signal du système lui-même, qui attend un redémarrage.',
    todo: (v) => {
      const restart = commandsOf(v.manager)?.restart ?? null
      return `Convenir d’un moment avec ses utilisateurs, puis redémarrer${restart === null ? '' : ` : ${restart}`}.`
    },
    manager: () =>
      'Des mises à jour sont installées et ne protègent personne tant que cette machine n’a pas redémarré. Cela prend quelques minutes ; choisissez un moment qui convient au travail.',
    impact: 'Jusqu’au redémarrage, les anciens programmes vulnérables continuent de tourner.',
    blind: 'Impossible de dire si un redémarrage est attendu.',
  },
  'patch/automatic-off': {
    name: 'Mises à jour automatiques',
    title: (v) =>
      v.mechanism === ''
        ? 'Les mises à jour de sécurité ne s’installent pas toutes seules : rien ne s’en charge ici.'
        : `Les mises à jour de sécurité ne s’installent pas toutes seules : ${v.mechanism} est désactivé.`,
    looked: () => 'Les réglages des mises à jour automatiques et leur minuterie.',
    todo: switchOn,
    manager: () =>
      'Cette machine n’est mise à jour que si quelqu’un y pense. Activer les mises à jour de sécurité automatiques prend un quart d’heure.',
    impact: 'Entre deux visites, personne ne ferme les nouvelles failles.',
    blind: 'Impossible de dire si les mises à jour s’installent toutes seules.',
  },
  'patch/database-broken': {
    name: 'Base des paquets',
    title: (v) =>
      v.problems === '' ? 'La base des paquets est abîmée.' : `La base des paquets est abîmée : ${v.problems}.`,
    looked: () => 'L’état des paquets installés, d’après leur propre base.',
    todo: (v) => {
      const repair = commandsOf(v.manager)?.repair ?? null
      return repair === null ? 'La réparer avec le gestionnaire de paquets du système.' : `La réparer : ${repair}.`
    },
    manager: () =>
      'Une mise à jour a été interrompue, et depuis, cette machine ne peut plus en installer. Tant qu’elle n’est pas réparée, aucune faille n’est fermée.',
    impact: 'Rien ne s’installe ni ne se met à jour avant la réparation.',
    blind: 'Impossible de dire si la base des paquets est saine.',
  },
  'patch/security-held': {
    name: 'Mises à jour retenues',
    title: (v, f) =>
      counted(
        f,
        v.count,
        '# mise à jour de sécurité est retenue à la main.',
        '# mises à jour de sécurité sont retenues à la main.',
      ),
    looked: () => 'Les mises à jour qu’un administrateur a retenues ou masquées.',
    todo: (v) => {
      const unhold = commandsOf(v.manager)?.unhold ?? null
      return `Trouver pourquoi, puis libérer ce qui n’a plus lieu d’être retenu${unhold === null ? '' : ` : ${unhold} NOM`}.`
    },
    manager: () =>
      'Quelqu’un a décidé que certaines mises à jour de sécurité ne sont pas installées ici. Cette décision devrait avoir une raison et une fin.',
    impact: 'Un paquet retenu garde ses failles aussi longtemps qu’il est retenu.',
    blind: 'Impossible de dire si des mises à jour de sécurité sont retenues.',
  },
  'patch/update-failing': {
    name: 'Mises à jour en échec',
    title: (v, f) =>
      `${counted(f, v.count, '# mise à jour échoue', '# mises à jour échouent')} à chaque essai, jusqu’à ${counted(f, v.times, '# fois', '# fois')} de suite.`,
    looked: (v) => `L’historique des mises à jour : ce qui a été essayé, avec quel résultat. En échec : ${v.names}.`,
    todo: (v) => {
      const commands = commandsOf(v.manager)
      const log = commands?.log ?? null
      const look = log === null ? 'Chercher la cause dans le journal de l’outil' : `Chercher la cause : ${log}`
      const free = 'vérifier qu’il reste assez de place, puis réessayer à la main'
      const repair =
        v.manager === WINDOWS && commands?.repair != null ? ` En cas de nouvel échec : ${commands.repair}.` : ''
      return `${look} ; ${free}.${repair}`
    },
    manager: () =>
      'Une mise à jour est tentée sans succès sur cette machine, encore et encore. Ce qu’elle devait réparer reste ouvert tant que personne ne s’en occupe.',
    impact:
      'Une mise à jour qui échoue laisse sa faille ouverte, même si les mises à jour automatiques semblent actives.',
    blind: 'Impossible de dire si des mises à jour échouent.',
  },
}
