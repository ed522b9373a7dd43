/** French texts of "could not tell". Pure. */
import { instantOf } from '../instant-of.ts'
import { needsFullDiskAccess, type ReasonTexts } from '../reason-text.ts'

const AGAIN = 'Un nouvel essai a lieu tout seul.'
const SEE = 'Voir ce que rencontre l’agent : rounds-agent doctor.'
const SHOW_BACKUP = 'S’il y a une sauvegarde, la montrer à l’agent : rounds-agent watch add.'
const NO_BACKUP = 'S’il n’y en a pas, le dire dans les réglages (backup.declaredNone).'
const quoted = (detail: string) => (detail === '' ? '' : ` (${detail})`)

/** French texts of every reason. */
export const reasons: ReasonTexts = {
  sentence: (why) => `Impossible de dire : ${why}.`,
  details: {
    'never-read': {
      why: 'cela n’a jamais été lu',
      fix: `La lecture a lieu avec le prochain rapport. ${SEE}`,
    },
    'no-backup-tool': {
      why: 'aucun outil de sauvegarde connu n’a été vu, ce qui ne prouve pas qu’il n’y a pas de sauvegarde',
      fix: `${SHOW_BACKUP} ${NO_BACKUP}`,
    },
    'no-backup-job': {
      why: 'un outil de sauvegarde a été vu, mais aucune de ses tâches n’a pu être lue',
      fix: SHOW_BACKUP,
    },
    'only-lookalikes': {
      why: 'seuls une synchronisation ou des instantanés ont été vus ; l’une suit un effacement, les autres partent avec leur disque : ce n’est pas une sauvegarde',
      fix: `${SHOW_BACKUP} ${NO_BACKUP}`,
    },
    'not-pinged': {
      why: 'la tâche n’a pas encore appelé son adresse ; elle a jusqu’à la fin de sa période et de son délai',
      fix: 'Lui faire appeler l’adresse à la fin de chaque exécution. Une nouvelle adresse : npm run -s server -- ping renew.',
    },
    'no-firewall': {
      why: 'aucun pare-feu connu n’a été trouvé sur cette machine ; un routeur ou l’hébergeur la protège peut-être',
      fix: 'En activer un ici (ufw allow OpenSSH && ufw enable), ou noter ce qui protège cette machine.',
    },
    'not-in-support-table': {
      why: 'ce système n’est pas dans la table des fins de support',
      fix: 'Chercher sa fin de support auprès de son éditeur, et la noter.',
    },
    'needs-smartctl-windows': {
      why: 'smartctl n’est pas installé, et Windows seul ne donne de ce disque qu’un état général, qui ne prouve rien',
      fix: 'L’installer : winget install smartmontools.smartmontools',
    },
    'needs-smartctl-macos': {
      why: 'smartctl n’est pas installé, et macOS seul ne donne de ce disque qu’un état général, qui ne prouve rien',
      fix: 'L’installer : brew install smartmontools',
    },
    'general-status-windows': {
      why: 'Windows ne donne de ce disque qu’un état général, qui ne prouve rien',
      fix: 'Faire lire le disque par smartctl : winget install smartmontools.smartmontools. Derrière un contrôleur RAID, installer l’outil de son fabricant.',
    },
    'general-status-macos': {
      why: 'macOS ne donne de ce disque qu’un état général, qui ne prouve rien',
      fix: 'Faire lire le disque par smartctl : brew install smartmontools. Derrière l’USB, beaucoup de disques ne disent rien.',
    },
  },
  future: (at, f) => ({
    why: `l’heure indiquée, ${f.exact(at)}, est dans le futur`,
    fix: 'Vérifier l’horloge et le fuseau horaire de la machine.',
  }),
  codes: {
    'tool-missing': (_context, tool) => ({
      why: tool === null ? 'un outil nécessaire n’est pas installé' : `${tool.tool} n’est pas installé`,
      fix: tool?.install == null ? SEE : `L’installer avec : ${tool.install}`,
    }),
    'access-denied': ({ detail }, tool) =>
      needsFullDiskAccess(detail)
        ? {
            why: 'macOS le refuse à l’agent, qui n’a pas l’accès complet au disque',
            fix: 'Sur le Mac : Réglages Système > Confidentialité et sécurité > Accès complet au disque > + > choisir l’agent Rounds, et l’activer.',
          }
        : {
            why:
              tool === null
                ? 'l’agent n’a pas le droit de le lire'
                : `l’agent n’a pas le droit d’utiliser ${tool.tool}`,
            fix: `L’agent doit tourner avec tous les droits : en tant que root, sous Windows en tant que système. ${SEE}`,
          },
    timeout: (_context, tool) => ({
      why: tool === null ? 'la réponse n’est pas venue à temps' : `${tool.tool} n’a pas répondu à temps`,
      fix: `${AGAIN} Si cela dure, la machine est surchargée ou un disque lâche.`,
    }),
    hung: (_context, tool) => ({
      why: tool === null ? 'la question est restée bloquée' : `${tool.tool} est bloqué et ne peut pas être arrêté`,
      fix: 'Un disque ou un partage réseau ne répond pas. Le vérifier ; un redémarrage de la machine met fin à l’attente.',
    }),
    exit: (context, tool) => ({
      why: `${tool?.tool ?? 'l’outil'} a abandonné sur une erreur${quoted(context.detail)}`,
      fix:
        tool === null
          ? 'Le lancer à la main et lire ce qu’il dit.'
          : `Lancer ${tool.tool} à la main et lire ce qu’il dit.`,
    }),
    parse: (context, tool) => ({
      why: `la réponse${tool === null ? '' : ` de ${tool.tool}`} n’a pas été comprise${quoted(context.detail)}`,
      fix: 'L’enregistrer pour les auteurs de Rounds : rounds-agent once --record DOSSIER',
    }),
    empty: (context, tool) => EMPTY[context.subject](context.detail, tool?.tool ?? null),
    locked: (_context, tool) => ({
      why:
        tool === null ? 'un autre programme le verrouillait' : `${tool.tool} était verrouillé par un autre programme`,
      fix: `${AGAIN} Si cela dure, un verrou est resté en place.`,
    }),
    asleep: (context, _tool, f) => ({
      why:
        instantOf(context.detail) === null
          ? 'le disque dort et n’a encore jamais été lu'
          : `le disque dort depuis sa dernière lecture, le ${f.date(instantOf(context.detail) ?? 0)}`,
      fix: 'Il est lu quand il se réveille de lui-même ; Rounds ne réveille jamais un disque.',
    }),
    unsupported: (context) => ({
      why: 'cette machine ne sait pas le dire',
      fix: context.subject === 'disk' ? 'Derrière un contrôleur RAID, installer l’outil de son fabricant.' : '',
    }),
    disabled: () => ({
      why: 'ce contrôle est désactivé par les réglages',
      fix: 'Le réactiver dans les réglages de la machine.',
    }),
    stale: (context, _tool, f) => ({
      why:
        instantOf(context.detail) === null
          ? 'ce qui est connu est trop ancien'
          : `ce qui est connu date du ${f.moment(instantOf(context.detail) ?? 0)}`,
      fix: 'La lecture reprend dès que la machine donne des nouvelles.',
    }),
    'needs-history': () => ({
      why: 'il faut quelques jours de mesures pour le dire',
      fix: 'Rien à faire : la réponse vient toute seule.',
    }),
  },
}

/** Details are written in English by the agent and the rules; what can be said without them is. */
const EMPTY: {
  readonly [S in 'disk' | 'patch' | 'antivirus' | 'backup' | 'posture' | 'system' | 'agent']: (
    detail: string,
    tool: string | null,
  ) => { why: string; fix: string }
} = {
  disk: (_detail, tool) => ({
    why: `${tool ?? 'le disque'} ne le dit pas`,
    fix: 'Voir ce que dit le disque : smartctl -x DISQUE, ou l’outil de son fabricant.',
  }),
  patch: (_detail, tool) => ({
    why: `${tool ?? 'le gestionnaire de paquets'} ne le dit pas`,
    fix: 'Faire chercher une fois les mises à jour par le système, et lire ce qu’il dit.',
  }),
  antivirus: () => ({
    why: 'le produit ne le dit pas',
    fix: 'Regarder le produit lui-même, et noter ce qui a été vu.',
  }),
  backup: () => ({
    why: 'la sauvegarde ne le dit pas',
    fix: 'Regarder la sauvegarde elle-même, et noter ce qui a été vu.',
  }),
  posture: () => ({ why: 'le système ne le dit pas', fix: 'Regarder la machine elle-même, et noter ce qui a été vu.' }),
  system: () => ({ why: 'la machine ne le dit pas', fix: '' }),
  agent: () => ({ why: 'l’agent ne l’a pas encore dit', fix: '' }),
}
