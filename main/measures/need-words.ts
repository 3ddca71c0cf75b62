import type { NeedId } from '../contract/directory.ts';

/** The agent's words for the kinds of help that people look for nearby. */
export const needWords: Readonly<Record<NeedId, string>> = {
  demarches: 'Une aide pour les démarches',
  apprendre: 'Apprendre',
  ordinateur: 'Un ordinateur en libre accès',
  materiel: 'Du matériel moins cher',
  enfants: 'Les enfants et les écrans',
  travail: 'Chercher du travail',
  securite: 'Se protéger',
  loisirs: 'Créer et se divertir',
};
