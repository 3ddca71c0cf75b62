/** What the kiosk does besides the démarches, as search results: each leads to a wide button. Pure. */
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { mailboxLine, type Catalogued } from './mailboxes.ts';

/** As people type them, in French and in English. */
const searched = {
  scan: [
    'scanner un papier',
    'scanner',
    'scan',
    'numériser',
    'numérisation',
    'photocopie',
    'photocopier',
    'photocopieuse',
    'scanner et envoyer',
    'scan a paper',
    'photocopy',
  ],
  print: ['imprimer un document', 'imprimer', 'impression', 'imprimante', 'imprimer mon CV', 'print', 'printer'],
  key: ['clé USB', 'USB', 'ouvrir ma clé', 'disque dur', 'USB key', 'USB stick', 'memory stick'],
  documents: ['mes documents', 'fichier', 'PDF', 'my documents'],
  near: [
    'de l’aide près d’ici',
    'trouver de l’aide',
    'aide',
    'aidant numérique',
    'conseiller numérique',
    'help near here',
  ],
  learn: ['apprendre', 'tutoriel', 'm’entraîner', 'learn'],
} as const;

export type KioskUse = keyof typeof searched;

const PREFIX = 'use-';

const lines = Object.entries(searched).map(([use, words]): DemarcheSummary => ({
  id: `${PREFIX}${use}`,
  title: words[0],
  sentence: '',
  simple: null,
  en: null,
  organism: '',
  theme: 'apprendre',
  priority: 1,
  words,
  mailbox: null,
}));

export const USES = lines.length;

/** The use that a search result stands for, undefined for a démarche. */
export const useOf = ({ id }: Pick<DemarcheSummary, 'id'>): KioskUse | undefined =>
  (Object.keys(searched) as KioskUse[]).find((use) => id === `${PREFIX}${use}`);

/** Everything that the search finds. */
export const searchable = ({ demarches, mailboxes }: Catalogued): readonly DemarcheSummary[] => {
  const mailbox = mailboxLine(mailboxes);
  return [...demarches, ...(mailbox ? [mailbox] : []), ...lines];
};
