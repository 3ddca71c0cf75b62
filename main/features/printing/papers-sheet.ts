/** "Cette liste sur papier": the papers that a démarche needs, as a checklist to take home. */
import type { DemarcheSheet } from '../../contract/catalogue.ts';
import type { Sheet } from './pdf/sheet.ts';

export const papersSheet = (
  demarche: DemarcheSheet,
  place: { readonly place: string; readonly opening: string },
  /** What the person already has: indices into `papers` followed by `toKnow`. */
  leaveOut: readonly number[] = [],
): Sheet => {
  const { planB } = demarche;
  const isWanted = (_line: string, at: number): boolean => !leaveOut.includes(at);
  const { length } = demarche.papers;
  const papers = demarche.papers.filter(isWanted);
  const toKnow = demarche.toKnow.filter((line, at) => isWanted(line, length + at));
  const otherWays = [
    planB.phone === null
      ? null
      : `Par téléphone : ${planB.phone}.${planB.phoneNote === null ? '' : ` ${planB.phoneNote}`}`,
    planB.paper === null ? null : `Sur papier : ${planB.paper}`,
    planB.place === null ? null : `Sur place : ${planB.place}`,
  ].filter((line) => line !== null);
  const also = [
    demarche.account === null
      ? null
      : `Votre ${demarche.account.name}${demarche.account.franceConnect ? ', ou FranceConnect' : ''}.`,
    demarche.signInCode === 'sms' ? 'Votre téléphone : un code arrive par SMS.' : null,
    demarche.signInCode === 'email' ? 'De quoi lire vos e-mails (mot de passe, téléphone) : un code y arrive.' : null,
    demarche.minutes === null ? null : `Environ ${demarche.minutes} minutes.`,
  ].filter((line) => line !== null);
  return {
    title: demarche.title,
    sentence: demarche.sentence,
    sections: [
      ...(papers.length > 0
        ? [
            {
              kind: 'checklist' as const,
              heading: leaveOut.length > 0 ? 'Ce qu’il vous reste à apporter' : 'Ce qu’il faut apporter',
              items: papers,
            },
          ]
        : []),
      ...(toKnow.length > 0
        ? [{ kind: 'checklist' as const, heading: 'Ce qu’il faut savoir, ou noter', items: toKnow }]
        : []),
      { kind: 'text', heading: 'Prévoyez aussi', paragraphs: also },
      ...(otherWays.length > 0 ? [{ kind: 'text' as const, heading: 'Vous pouvez aussi', paragraphs: otherWays }] : []),
      { kind: 'text', heading: 'Le site', paragraphs: [demarche.siteName] },
    ],
    footer: `${place.place} · ${place.opening}`,
  };
};
