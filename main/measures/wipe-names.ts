/** All that the end of a session undoes: on the screen as PN-…, and counted, each by its name. */
export const wipeNames = [
  'guest',
  'vault',
  'uploads',
  'print-jobs',
  'scans',
  'clipboard',
  'screens',
  'usb',
  'earlier',
  'voice',
  'directory',
  'tutorials',
] as const;
export type WipeName = (typeof wipeNames)[number];

/** What the agent reads for each. */
export const wipeWords: Readonly<Record<WipeName, string>> = {
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
  directory: 'Les lieux d’aide regardés',
  tutorials: 'Les tutoriels commencés',
};
