/** French texts of the rules about access: firewall, remote login, time. Pure. */
import type { RuleTextsAbout } from '../../rule-text.ts'
import { access } from './access.ts'
import { accounts } from './accounts.ts'

/** Kinds of network of Windows, as the end of a sentence. */
const NETWORKS = {
  domain: ' sur les réseaux d’entreprise',
  private: ' sur les réseaux privés',
  public: ' sur les réseaux publics',
}
const on = (profile: keyof typeof NETWORKS | undefined) => (profile === undefined ? '' : NETWORKS[profile])
const ports = (list: string) => (list === '' ? '' : ` (port ${list})`)

/** French texts of the rules about access and time. */
export const posture: RuleTextsAbout<'posture'> = {
  ...access,
  ...accounts,
  'posture/firewall-off': {
    name: 'Pare-feu',
    title: (v) => `Le pare-feu (${v.tool}) est désactivé ou laisse tout entrer${on(v.profile)}.`,
    looked: (v) => `L’état de ${v.tool}, et ce qu’il fait du trafic qu’aucune règle ne nomme.`,
    todo: (v) =>
      v.tool === 'ufw'
        ? 'Autoriser d’abord ce qui est nécessaire, puis l’activer : ufw allow OpenSSH && ufw enable.'
        : v.tool === 'firewalld'
          ? 'L’activer : systemctl enable --now firewalld.'
          : v.tool === 'windows-firewall'
            ? 'L’activer pour chaque type de réseau : Set-NetFirewallProfile -All -Enabled True -DefaultInboundAction Block. Une stratégie de groupe peut l’en empêcher.'
            : v.tool === 'application-firewall'
              ? 'L’activer : socketfilterfw --setglobalstate on.'
              : 'Charger des règles dont la chaîne d’entrée rejette ce qu’aucune règle ne nomme.',
    manager: () =>
      'Rien ne sépare cette machine du réseau où elle se trouve. Tout appareil voisin peut essayer ses portes.',
    impact: 'Chaque service de la machine est à la portée de tous sur son réseau.',
    blind: 'Impossible de dire si un pare-feu protège cette machine.',
  },
  'posture/firewall-not-permanent': {
    name: 'Pare-feu après redémarrage',
    title: (v) => `Le pare-feu (${v.tool}) ne reviendra pas après un redémarrage.`,
    looked: (v) => `Si ${v.tool} démarre avec la machine.`,
    todo: (v) => `Le faire démarrer tout seul : systemctl enable ${v.tool}.`,
    manager: () =>
      'La protection contre le réseau est active aujourd’hui et disparaît au prochain redémarrage. Il faut dix minutes pour la rendre durable.',
    impact: 'Après le prochain redémarrage, la machine est ouverte et personne ne le remarque.',
    blind: 'Impossible de dire si le pare-feu revient après un redémarrage.',
  },
  'posture/ssh-root-login': {
    name: 'Connexion de l’administrateur',
    title: (v) => `Le compte administrateur peut se connecter par le réseau avec un mot de passe${ports(v.ports)}.`,
    looked: () => 'Les réglages effectifs du serveur SSH : PermitRootLogin.',
    todo: () => 'Mettre PermitRootLogin prohibit-password dans /etc/ssh/sshd_config, puis recharger le serveur SSH.',
    manager: () => 'Qui devine un seul mot de passe possède cette machine. Des attaquants essaient jour et nuit.',
    impact: 'Un mot de passe deviné donne tous les pouvoirs.',
    blind: 'Impossible de dire si le compte administrateur peut se connecter de l’extérieur.',
  },
  'posture/ssh-password-login': {
    name: 'Connexion par mot de passe',
    title: (v) => `La connexion à distance accepte les mots de passe${ports(v.ports)}.`,
    looked: () => 'Les réglages effectifs du serveur SSH : PasswordAuthentication.',
    todo: () =>
      'Donner une clé à chacun, puis mettre PasswordAuthentication no dans /etc/ssh/sshd_config et recharger le serveur SSH.',
    manager: () =>
      'Un mot de passe se devine ou se vole ; une clé ne se devine pas. Passer aux clés prend une demi-heure.',
    impact: 'Des machines essaient des mots de passe toute la journée.',
    blind: 'Impossible de dire si la connexion à distance accepte les mots de passe.',
  },
  'posture/time-unsynchronized': {
    name: 'Horloge réglée',
    title: (v, f) =>
      v.offsetMs !== null && v.tool !== ''
        ? `L’horloge n’est pas bien réglée : ${v.tool} annonce un écart de ${f.count(Math.abs(v.offsetMs))} ms.`
        : 'L’horloge n’est réglée par aucune source de temps.',
    looked: (v) => (v.tool === '' ? 'Si un service de temps tourne : aucun.' : `Ce que ${v.tool} dit de l’horloge.`),
    todo: (v) =>
      v.tool === ''
        ? 'En activer un : timedatectl set-ntp true sous Linux, Start-Service w32time sous Windows, systemsetup -setusingnetworktime on sur un Mac.'
        : v.tool === 'w32time'
          ? 'Vérifier sa source et l’interroger de nouveau : w32tm /query /source, puis w32tm /resync.'
          : v.tool === 'timed'
            ? 'Vérifier son serveur de temps : systemsetup -getnetworktimeserver, puis sntp avec son nom.'
            : `Vérifier que ses serveurs de temps sont joignables : systemctl status ${v.tool}.`,
    manager: () =>
      'L’horloge de cette machine dérive. Tôt ou tard, les connexions échouent, et les traces ne prouvent plus quand un événement a eu lieu.',
    impact: 'Les connexions, les certificats et les journaux dépendent de l’heure juste.',
    blind: 'Impossible de dire si l’horloge est bien réglée.',
  },
}
