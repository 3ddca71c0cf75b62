/** Every wipe step of a session's end. The names appear in the PN-… codes on the screen and as keys of the figures. */
import { featureWipeWords } from './of-features.ts';

/** The agent's words for each step. */
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
