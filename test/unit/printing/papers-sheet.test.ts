import { describe, expect, it } from 'vitest';
import { papersSheet } from '../../../main/features/printing/papers-sheet.ts';
import { sheets } from '../../harness/screens/sample.ts';

describe('the sheet of papers to bring', () => {
  it('holds the papers, the account, the time and the other ways', () => {
    const apl = sheets.find(({ id }) => id === 'caf-aide-logement');
    if (apl === undefined) throw new Error('no sample');
    const text = JSON.stringify(papersSheet(apl, { place: 'MSD de Moulins', opening: 'de 9 h à 17 h' }));
    for (const part of ['Un RIB', 'compte Caf, ou FranceConnect+.', '30 minutes', '32 30', 'caf.fr', 'MSD de Moulins'])
      expect(text).toContain(part);
  });

  it('leaves out what the person has, in both lists, and says that it is the rest', () => {
    const apl = sheets.find(({ id }) => id === 'caf-aide-logement');
    if (apl === undefined) throw new Error('no sample');
    const { sections } = papersSheet(apl, { place: 'MSD de Moulins', opening: 'de 9 h à 17 h' }, [1, 2]);
    expect(sections.filter(({ kind }) => kind === 'checklist')).toEqual([
      { kind: 'checklist', heading: 'Ce qu’il vous reste à apporter', items: ['Le bail ou l’attestation de loyer'] },
      { kind: 'checklist', heading: 'Ce qu’il faut savoir, ou noter', items: ['Votre numéro de sécurité sociale'] },
    ]);
  });
});
