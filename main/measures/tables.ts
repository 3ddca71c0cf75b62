import type { ReportTable } from '../contract/usage.ts';

/** The tables of the agent's page, in their order. */
export const tables = {
  'half-days': { title: 'Les demi-journées', chart: 'week' },
  themes: { title: 'Pour quels sujets', chart: 'bars' },
  'not-found': { title: 'Cherché, et rien trouvé', chart: 'none' },
  demarches: { title: 'Pour quelles démarches', chart: 'bars' },
  steps: { title: 'Où l’on s’est arrêté', chart: 'bars' },
  guides: { title: 'Les démarches menées au bout', chart: 'bars' },
  needs: { title: 'Quelle aide près d’ici', chart: 'bars' },
  done: { title: 'Ce qui a été fait', chart: 'none' },
  'empty-handed': { title: 'Repartis sans résultat connu\u00a0: où', chart: 'bars' },
  trouble: { title: 'Ce que la machine n’a pas su faire', chart: 'none' },
  printed: { title: 'Pages imprimées, par personne', chart: 'none' },
  scanned: { title: 'Pages numérisées, par personne', chart: 'none' },
  attached: { title: 'Documents joints, par personne', chart: 'none' },
  obtained: { title: 'Documents obtenus, par personne', chart: 'none' },
  kept: { title: 'Documents mis sur une clé, par personne', chart: 'none' },
  'tutorials-opened': { title: 'Les tutoriels commencés', chart: 'bars' },
  'tutorials-finished': { title: 'Les tutoriels terminés', chart: 'none' },
  'tutorials-left': { title: 'Où l’on a quitté un tutoriel', chart: 'none' },
  'tutorials-help': { title: 'Tutoriels où l’aide a été demandée', chart: 'none' },
  help: { title: 'Où l’aide a été demandée', chart: 'bars' },
  durations: { title: 'La durée des passages', chart: 'bars' },
  ends: { title: 'Comment les passages se terminent', chart: 'none' },
  helped: { title: 'Repartis avec quelque chose', chart: 'none' },
  languages: { title: 'La langue', chart: 'none' },
  'text-sizes': { title: 'La taille du texte', chart: 'none' },
  blocked: { title: 'Sorties du site arrêtées', chart: 'none' },
  'blocked-domains': { title: 'Sites à ajouter peut-être', chart: 'none' },
  service: { title: 'La borne hors service', chart: 'none' },
  'service-on': { title: 'La borne allumée', chart: 'none' },
  'reset-faults': { title: 'Les remises à zéro en défaut', chart: 'none' },
  'machine-faults': { title: 'Les pannes de la borne', chart: 'none' },
} as const satisfies Readonly<Record<string, Pick<ReportTable, 'title' | 'chart'>>>;
export type TableId = keyof typeof tables;
export const tableIds = Object.keys(tables) as readonly TableId[];
