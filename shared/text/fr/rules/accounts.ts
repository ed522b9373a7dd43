/** French texts of the rules about accounts, the screen and the power supply. Pure. */
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** French texts of the rules about who signs in, and about what keeps the machine running. */
export const accounts: Pick<
  RuleTextsAbout<'posture'>,
  | 'posture/guest-on'
  | 'posture/automatic-login'
  | 'posture/empty-passwords'
  | 'posture/administrators-many'
  | 'posture/screen-lock-off'
  | 'posture/ups-on-battery'
  | 'posture/ups-replace-battery'
> = {
  'posture/guest-on': {
    name: 'Compte invité',
    title: () => 'Le compte invité est activé.',
    looked: () => 'Le compte invité du système, par son numéro.',
    todo: () =>
      'Le désactiver : sous Windows Disable-LocalUser avec le SID qui se termine par 501, sous macOS dans Utilisateurs et groupes.',
    manager: () => 'N’importe qui peut utiliser cette machine sans mot de passe et sans laisser de nom.',
    impact: 'N’importe qui peut se connecter sans mot de passe.',
    blind: 'Impossible de dire si des invités peuvent se connecter.',
  },
  'posture/automatic-login': {
    name: 'Connexion automatique',
    title: () => 'Au démarrage, une session s’ouvre sans mot de passe.',
    looked: () => 'Le réglage de la connexion automatique.',
    todo: () =>
      'La désactiver : sous Windows netplwiz ou AutoAdminLogon = 0, et effacer DefaultPassword ; sous macOS dans Utilisateurs et groupes ; sous Linux dans les réglages du gestionnaire de sessions.',
    manager: () =>
      'Qui allume cette machine est à l’intérieur, avec tous les droits de la personne dont la session s’ouvre.',
    impact: 'Qui allume la machine est connecté.',
    blind: 'Impossible de dire si une session s’ouvre automatiquement.',
  },
  'posture/empty-passwords': {
    name: 'Comptes sans mot de passe',
    title: (v, f) =>
      f.plural(v.count, {
        one: 'Un compte qui peut se connecter n’a pas de mot de passe.',
        other: `${f.count(v.count)} comptes qui peuvent se connecter n’ont pas de mot de passe.`,
      }),
    looked: () => 'Le champ du mot de passe dans /etc/shadow ; ni noms ni mots de passe ne sont envoyés.',
    todo: () =>
      'Les lister : passwd -Sa (NP dans la deuxième colonne). Puis donner un mot de passe à chacun ou le verrouiller : passwd -l NOM.',
    manager: () => 'Des comptes de cette machine s’ouvrent à quiconque connaît leur nom.',
    impact: 'Qui connaît le nom du compte peut se connecter.',
    blind: 'Impossible de dire si des comptes n’ont pas de mot de passe.',
  },
  'posture/administrators-many': {
    name: 'Administrateurs',
    title: (v, f) =>
      `${counted(f, v.count, '# compte peut', '# comptes peuvent')} tout faire sur cette machine ; ${f.count(v.most)} suffisent.`,
    looked: () => 'Combien de membres compte le groupe des administrateurs ; leurs noms ne sont pas envoyés.',
    todo: () =>
      'Passer les membres en revue avec le dirigeant. Pour le travail quotidien, donner à chacun un compte sans ces droits, et garder un administrateur pour les installations.',
    manager: () =>
      'Un logiciel malveillant a les droits de la personne qui l’ouvre. Chaque personne qui a tous les droits fait d’un clic imprudent une catastrophe.',
    impact: 'Un logiciel malveillant reçoit tous les droits de la personne qui l’ouvre.',
    blind: 'Impossible de dire combien d’administrateurs a cette machine.',
  },
  'posture/screen-lock-off': {
    name: 'Verrouillage de l’écran',
    title: () => 'L’écran ne se verrouille pas tout seul.',
    looked: () => 'Les réglages de l’écran de veille et la limite de la machine.',
    todo: () =>
      'Fixer une limite pour tous : sous Windows InactivityTimeoutSecs = 900 par stratégie, sous macOS un profil qui demande le mot de passe.',
    manager: () => 'Quand quelqu’un part déjeuner, quiconque passe peut lire et écrire en son nom.',
    impact: 'Quiconque passe travaille au nom de la personne connectée.',
    blind: 'Impossible de dire si l’écran se verrouille tout seul.',
  },
  'posture/ups-on-battery': {
    name: 'Alimentation électrique',
    title: (v) =>
      v.status === 'low-battery'
        ? `La batterie de l’onduleur ${v.ups} est presque vide.`
        : v.status === 'on-battery'
          ? `L’onduleur ${v.ups} fonctionne sur sa batterie.`
          : v.status === 'bypass'
            ? `L’onduleur ${v.ups} laisse passer le secteur et ne protège rien.`
            : `L’onduleur ${v.ups} est éteint.`,
    looked: (v) => `L’état annoncé par l’onduleur ${v.ups}.`,
    todo: (v) =>
      v.status === 'low-battery' || v.status === 'on-battery'
        ? 'Vérifier le secteur et le disjoncteur. Si le courant ne revient pas, arrêter les machines dans l’ordre.'
        : 'Regarder la face avant de l’onduleur : l’allumer, ou le sortir de sa dérivation.',
    manager: (v) =>
      v.status === 'low-battery' || v.status === 'on-battery'
        ? 'Le courant est coupé. Les machines tiennent encore quelques minutes, puis s’arrêtent s’il ne revient pas.'
        : 'À la prochaine coupure, ces machines s’arrêtent aussitôt, comme sans onduleur.',
    impact: 'Sans courant, les machines s’arrêtent et ce qui était en cours d’écriture est perdu.',
    blind: 'Impossible de dire si l’onduleur est alimenté par le secteur.',
  },
  'posture/ups-replace-battery': {
    name: 'Batterie de l’onduleur',
    title: (v) => `L’onduleur ${v.ups} demande une nouvelle batterie.`,
    looked: (v) => `Ce que l’onduleur ${v.ups} dit de sa propre batterie.`,
    todo: () =>
      'Commander la batterie du fabricant pour ce modèle et la remplacer à la prochaine visite ; la plupart se changent en marche.',
    manager: () =>
      'L’onduleur est là et ne tiendra pas à la prochaine coupure. Une batterie neuve coûte peu à côté d’une journée sans serveur.',
    impact: 'À la prochaine coupure, l’onduleur ne tiendra pas.',
    blind: 'Impossible de dire l’état de la batterie de l’onduleur.',
  },
}
