/** French texts of the rules about the agent: what the server itself knows of a machine. Pure. */
import type { CheckName } from '../../../checks/names.ts'
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

const CHECKS: { readonly [C in CheckName]: string } = {
  antivirus: 'de la protection',
  backup: 'des sauvegardes',
  disk: 'des disques',
  patch: 'des mises à jour',
  posture: 'des accès',
  system: 'du système',
}

/** French texts of the rules about the agent. */
export const agent: RuleTextsAbout<'agent'> = {
  'agent/silent': {
    name: 'Nouvelles de la machine',
    title: (v, f) => `Cette machine n’a pas donné de nouvelles depuis ${f.span(v.forMs)}.`,
    looked: (v, f) => `Le dernier rapport reçu, à l’heure du serveur : ${f.moment(v.lastReportAt)}.`,
    todo: () => 'Voir si elle est allumée et reliée au réseau. Si oui, examiner l’agent : rounds-agent doctor.',
    manager: () =>
      'Cette machine ne donne plus de nouvelles. Elle est peut-être éteinte, sans réseau ou en panne ; d’ici à son retour, rien n’est prouvé à son sujet.',
    impact: 'Rien de ce qui arrive sur une machine muette n’est remarqué.',
    blind: 'Impossible de dire si cette machine donne des nouvelles.',
  },
  'agent/clock-wrong': {
    name: 'Horloge',
    title: (v, f) =>
      v.skewMs > 0
        ? `L’horloge de cette machine retarde de ${f.span(v.skewMs)}.`
        : `L’horloge de cette machine avance de ${f.span(-v.skewMs)}.`,
    looked: () => 'L’horloge de la machine comparée à celle du serveur, temps du réseau déduit.',
    todo: () =>
      'La mettre à l’heure et l’y maintenir par une source de temps : timedatectl set-ntp true sous Linux, w32tm /resync sous Windows, Date et heure dans les réglages d’un Mac.',
    manager: () =>
      'L’horloge de cette machine est fausse. Au-delà de cinq minutes, les connexions commencent à échouer et les certificats sont refusés.',
    impact: 'Les connexions, les certificats et les journaux dépendent de l’heure juste.',
    blind: 'Impossible de dire si l’horloge est juste.',
  },
  'agent/future-time': {
    name: 'Heures des mesures',
    title: (v, f) => `Cette machine a envoyé des mesures datées de ${f.span(v.aheadMs)} dans le futur.`,
    looked: () => 'Les heures de ses derniers rapports, comparées à l’horloge du serveur à leur arrivée.',
    todo: () =>
      'Vérifier l’horloge et le fuseau horaire de la machine. Ses mesures sont gardées, datées de leur arrivée.',
    manager: () =>
      'L’horloge de cette machine a sauté. Aucune mesure n’a été perdue ; l’ordre des événements est moins certain.',
    impact: 'Des heures fausses à la source ne prouvent pas quand un événement a eu lieu.',
    blind: 'Impossible de dire si les heures de cette machine sont justes.',
  },
  'agent/check-silent': {
    name: 'Tous les contrôles répondent',
    title: (v, f) =>
      `Le contrôle ${CHECKS[v.check]} est muet alors que la machine donne des nouvelles : dernière fois ${f.moment(v.lastAt)}, rythme attendu ${f.span(v.everyMs)}.`,
    looked: () => 'La dernière collecte de chaque contrôle, comparée au dernier rapport.',
    todo: (v) => `Lancer le contrôle à la main et voir ce qui le retient : rounds-agent once --check ${v.check}.`,
    manager: (v) =>
      `Une partie des mesures de cette machine n’arrive plus : le contrôle ${CHECKS[v.check]}. Ce qu’il montrerait n’est pas connu.`,
    impact: 'Un contrôle muet ressemble à un contrôle où tout va bien.',
    blind: 'Impossible de dire si chaque contrôle donne des nouvelles.',
  },
  'agent/data-lost': {
    name: 'Mesures complètes',
    title: (v, f) =>
      `L’agent a dû abandonner ${counted(f, v.to - v.from + 1, '# enregistrement', '# enregistrements')} avant l’envoi.`,
    looked: (v) => `La note de l’agent lui-même : ${v.why}.`,
    todo: () =>
      'Trouver pourquoi il n’a rien pu envoyer aussi longtemps, et si son disque est plein : rounds-agent status.',
    manager: () =>
      'Une partie de l’historique de cette machine manque, car elle n’a pas pu nous joindre pendant longtemps. Ce qu’elle mesure à présent arrive de nouveau.',
    impact: 'Ce qui s’est passé pendant ce trou ne peut plus être dit.',
    blind: 'Impossible de dire si des mesures ont été perdues.',
  },
  'agent/outdated': {
    name: 'Version de l’agent',
    title: (v) => `L’agent est en version ${v.build} ; ce serveur est livré avec la version ${v.current}.`,
    looked: () => 'La version que l’agent annonce dans ses rapports.',
    todo: () => 'Installer le paquet actuel sur la machine. Le serveur ne met jamais un agent à jour de lui-même.',
    manager: () =>
      'Le programme de mesure de cette machine n’est pas le plus récent. Il continue de fonctionner ; les contrôles plus récents manquent.',
    impact: 'Un vieil agent ne mesure pas ce que mesurent les plus récents.',
    blind: 'La version de l’agent n’a pas pu être comparée.',
  },
}
