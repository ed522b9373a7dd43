/** French texts of what is proposed to a manager. Pure. */
import { counted } from '../counted.ts'
import type { Formatter } from '../format.ts'
import type { ProposalTexts } from '../proposal-text.ts'

const on = (f: Formatter, n: number, names: string) => (n <= 3 ? names : counted(f, n, '# machine', '# machines'))

/** French texts of every kind of proposal. */
export const proposals: ProposalTexts = {
  'replace-disk': {
    what: (n, names, f) =>
      n === 1 ? `Remplacer le disque défaillant de ${names}` : `Remplacer les disques défaillants : ${on(f, n, names)}`,
    otherwise:
      'Si un disque tombe en panne avant, le travail s’arrête jusqu’à ce qu’un neuf soit posé et la dernière bonne copie restaurée.',
  },
  'repair-array': {
    what: (n, names, f) => `Rétablir la redondance des disques : ${on(f, n, names)}`,
    otherwise:
      'Le prochain disque en panne emporte tout ce qu’il porte, et le travail s’arrête jusqu’à la restauration d’une copie.',
  },
  'free-space': {
    what: (n, names, f) => `Libérer de la place ou poser un disque plus grand : ${on(f, n, names)}`,
    otherwise: 'Une fois le disque plein, les programmes n’enregistrent plus et les sauvegardes échouent.',
  },
  'install-updates': {
    what: (n, names, f) => `Installer les mises à jour de sécurité : ${on(f, n, names)}`,
    otherwise:
      'Des failles connues restent ouvertes : une attaque qui existe déjà fonctionne, et un assureur peut refuser un sinistre.',
  },
  'automatic-updates': {
    what: (n, names, f) => `Rendre automatiques les mises à jour de sécurité : ${on(f, n, names)}`,
    otherwise: 'Chaque mise à jour de sécurité attend que quelqu’un y pense.',
  },
  restart: {
    what: (n, names, f) => `Redémarrer pour que les mises à jour prennent effet : ${on(f, n, names)}`,
    otherwise: 'Les mises à jour qui attendent un redémarrage ne protègent de rien.',
  },
  'install-antivirus': {
    what: (n, names, f) => `Installer un antivirus : ${on(f, n, names)}`,
    otherwise:
      'Des courriels et fichiers malveillants s’exécutent sans être vus, et un assureur peut refuser un sinistre.',
  },
  'repair-antivirus': {
    what: (n, names, f) => `Remettre l’antivirus en état : ${on(f, n, names)}`,
    otherwise: 'La licence est payée et ne protège de rien.',
  },
  'set-up-backup': {
    what: (n, names, f) => `Mettre en place une sauvegarde : ${on(f, n, names)}`,
    otherwise: 'Un disque cassé, un vol ou une attaque emporte l’unique exemplaire du travail fait là.',
  },
  'repair-backup': {
    what: (n, names, f) => `Remettre la sauvegarde en marche : ${on(f, n, names)}`,
    otherwise: 'Chaque jour sans bonne copie est un jour de travail à refaire.',
  },
  'backup-elsewhere': {
    what: (n, names, f) => `Garder une copie dans un autre lieu : ${on(f, n, names)}`,
    otherwise: 'Un incendie, une inondation, un vol ou un rançongiciel emporte les originaux et toutes les copies.',
  },
  firewall: {
    what: (n, names, f) => `Activer le pare-feu : ${on(f, n, names)}`,
    otherwise: 'Quiconque est dans le réseau atteint tous les services de ces machines.',
  },
  'remote-login': {
    what: (n, names, f) => `N’autoriser la connexion à distance que par clé : ${on(f, n, names)}`,
    otherwise: 'Des mots de passe peuvent être devinés de l’extérieur, à toute heure.',
  },
  'replace-system': {
    what: (n, names, f) => `Remplacer ou mettre à niveau un système sans correctifs de sécurité : ${on(f, n, names)}`,
    otherwise: 'Les nouvelles failles ne sont jamais corrigées, et un assureur peut refuser un sinistre.',
  },
  battery: {
    what: (n, names, f) => `Remplacer la batterie : ${on(f, n, names)}`,
    otherwise:
      'La machine s’éteint sans prévenir dès qu’on la débranche ; une batterie gonflée est un risque d’incendie.',
  },
  memory: {
    what: (n, names, f) => `Ajouter de la mémoire : ${on(f, n, names)}`,
    otherwise: 'On attend la machine chaque jour, et des programmes peuvent s’arrêter.',
  },
}
