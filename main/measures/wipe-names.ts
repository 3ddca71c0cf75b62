/** All that the end of a session undoes: on the screen as PN-…, and counted, each by its name. */
import { featureWipeWords } from './of-features.ts';

/** What the agent reads for each. */
export const wipeWords = {
  guest: 'Le navigateur du site',
  vault: 'Les documents',
  uploads: 'Les documents prêtés au site',
  'print-jobs': 'Les impressions',
  scans: 'Les numérisations',
  clipboard: 'Le presse-papiers',
  screens: 'Les écrans',
  usb: 'La clé USB',
  earlier: 'Ce qu’une marche interrompue avait laissé',
  voice: 'La lecture à voix haute',
  ...featureWipeWords,
} as const;

export type WipeName = keyof typeof wipeWords;
export const wipeNames = Object.keys(wipeWords) as readonly WipeName[];
