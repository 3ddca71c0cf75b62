/** What the document decoder writes into a form: that it is in the file, and how it is drawn on paper. */
import {
  decodePDFRawStream,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  type PDFTextField,
} from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { FORM_LIMITS, type FormValue } from '../../../main/contract/document-form.ts';
import { documentHandlers } from '../../../main/features/documents/work/document-handlers.ts';
import { paperForm } from '../../harness/documents/paper-form.ts';

const saved = (pdf: PDFDocument): Promise<Uint8Array> => pdf.save({ updateFieldAppearances: false });
const changed = async (change: (pdf: PDFDocument) => void): Promise<Uint8Array> => {
  const pdf = await PDFDocument.load(await paperForm());
  change(pdf);
  return saved(pdf);
};
/** By their labels. */
const fill = async (bytes: Uint8Array, values: Readonly<Record<string, FormValue>>): Promise<Uint8Array> => {
  const { fields } = await documentHandlers.form({ bytes });
  const changes = Object.entries(values).map(([what, value]) => {
    const field = fields.findIndex(({ label }) => label === what);
    if (field < 0) throw new Error(what);
    return { field, value };
  });
  return documentHandlers.fillForm({ bytes, changes });
};
const valueOf = async (bytes: Uint8Array, what: string): Promise<FormValue | undefined> =>
  (await documentHandlers.form({ bytes })).fields.find(({ label }) => label === what)?.value;
/** The size and the number of letters of each line, as drawn. */
const drawn = async (bytes: Uint8Array, name: string) => {
  const pdf = await PDFDocument.load(bytes);
  const normal = pdf.getForm().getField(name).acroField.getWidgets()[0]?.getAppearances()?.normal;
  if (!(normal instanceof PDFRawStream)) throw new Error('not drawn');
  const code = new TextDecoder('latin1').decode(decodePDFRawStream(normal).decode());
  const lines = [...code.matchAll(/<([0-9A-F]*)> Tj/g)].map(([, glyphs = '']) => glyphs.length / 4);
  return { size: Number(/([\d.]+) Tf/.exec(code)?.[1]), lines };
};
const setLooks = (field: PDFTextField, looks: string | undefined): void => {
  for (const { dict } of [field.acroField, ...field.acroField.getWidgets()]) {
    dict.delete(PDFName.of('DA'));
    if (looks !== undefined) dict.set(PDFName.of('DA'), PDFString.of(looks));
  }
};
const NAME = 'Nom de naissance';
const LONG = 'Anne-Marie Joséphine de la Très Longue Famille du Bourbonnais et d’ailleurs';

it('a field of several boxes has the label that is written on the field', async () => {
  const bytes = await changed((pdf) => {
    for (const name of ['vehicule', 'foyer'])
      pdf
        .getForm()
        .getField(name)
        .acroField.dict.set(PDFName.of('TU'), PDFHexString.fromText(`Question ${name}`));
  });
  const { fields } = await documentHandlers.form({ bytes });
  expect(fields.map(({ label }) => label)).toEqual([
    NAME,
    'Prénoms',
    'Date de naissance',
    'Votre adresse',
    'Question foyer',
    'Question vehicule',
    'Votre trajet',
    'J’accepte que mes informations soient vérifiées',
    'Fait à',
  ]);
});

describe('an answer is kept', () => {
  it('in a field that is on its page and in no list of the form', async () => {
    const bytes = await changed((pdf) => {
      const { acroForm } = pdf.getForm();
      acroForm.removeField(pdf.getForm().getField('nom').acroField);
      // The parent of two boxes loses its children.
      const parent = pdf.getForm().getField('vehicule').acroField.dict;
      parent.delete(PDFName.of('Kids'));
      parent.set(PDFName.of('TU'), PDFString.of('Véhicule'));
    });
    const form = await documentHandlers.form({ bytes });
    const vehicle = form.fields.findIndex(({ kind, boxes }) => kind === 'tick' && boxes.length === 2);
    const name = form.fields.findIndex(({ label }) => label === NAME);
    const changes = [
      { field: name, value: 'Œuvré' },
      { field: vehicle, value: 1 },
    ];
    const filled = await documentHandlers.fillForm({ bytes, changes });
    const after = await documentHandlers.form({ bytes: filled });
    expect([after.fields[name]?.value, after.fields[vehicle]?.value]).toEqual(['Œuvré', 1]);
    expect((await drawn(filled, 'nom')).lines).toEqual([5]);
    const again = await PDFDocument.load(await fill(filled, { [NAME]: 'Œuvré' }));
    expect(again.getForm().getFields()).toHaveLength((await PDFDocument.load(filled)).getForm().getFields().length);
  });

  it('where the form says that there may be at most 0 letters', async () => {
    const bytes = await changed((pdf) => pdf.getForm().getTextField('nom').acroField.setMaxLength(0));
    const filled = await fill(bytes, { [NAME]: 'Œuvré' });
    expect(await valueOf(filled, NAME)).toBe('Œuvré');
  });

  it('in a field with formatted text', async () => {
    const bytes = await changed((pdf) => {
      const field = pdf.getForm().getTextField('nom');
      field.enableRichFormatting();
      field.acroField.dict.set(PDFName.of('RV'), PDFString.of('<body><p>Avant</p></body>'));
    });
    expect(await valueOf(await fill(bytes, { [NAME]: 'Œuvré' }), NAME)).toBe('Œuvré');
    expect(await valueOf(await fill(bytes, { [NAME]: '' }), NAME)).toBe('');
  });

  it('next to fields that we cannot draw, which stay as they were', async () => {
    const bytes = await changed((pdf) => {
      const form = pdf.getForm();
      form.acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
      form.getTextField('prenom').enableRichFormatting();
      form.getTextField('naissance').acroField.dict.set(PDFName.of('V'), PDFHexString.fromText('01/02/1970'));
    });
    const filled = await fill(bytes, { [NAME]: 'Œuvré' });
    expect(await valueOf(filled, NAME)).toBe('Œuvré');
    expect(await valueOf(filled, 'Date de naissance')).toBe('01/02/1970');
    const form = (await PDFDocument.load(filled)).getForm();
    expect(form.acroForm.dict.has(PDFName.of('NeedAppearances'))).toBe(true);
  });

  it('of as many letters as a box takes, without a wait', async () => {
    const bytes = await changed(() => undefined);
    const text = 'Je vous écris au sujet de ma demande. '.repeat(200).slice(0, FORM_LIMITS.letters);
    const filled = await fill(bytes, { 'Votre adresse': text });
    expect(await valueOf(filled, 'Votre adresse')).toBe(text);
  });
});

describe('an answer is drawn', () => {
  it('smaller where it is long, and at the author’s size again once it is short', async () => {
    const bytes = await changed(() => undefined);
    const long = await fill(bytes, { [NAME]: LONG, 'Votre adresse': `${LONG}\n`.repeat(9) });
    for (const name of ['nom', 'adresse']) {
      const { size } = await drawn(long, name);
      expect(size).toBeGreaterThanOrEqual(4);
      expect(size).toBeLessThan(11);
    }
    const short = await fill(long, { [NAME]: 'Œuvré', 'Votre adresse': 'Moulins' });
    expect((await drawn(short, 'nom')).size).toBe(11);
    expect((await drawn(short, 'adresse')).size).toBe(11);
  });

  it.for([
    ['open', '0 g /Helv 0 Tf'],
    ['missing', undefined],
  ] as const)('at the size of our screen where the author’s is %s', async ([, looks]) => {
    const bytes = await changed((pdf) => {
      for (const name of ['nom', 'adresse']) setLooks(pdf.getForm().getTextField(name), looks);
      pdf.getForm().acroForm.dict.delete(PDFName.of('DA'));
    });
    const filled = await fill(bytes, { [NAME]: 'Oui', 'Votre adresse': 'Oui' });
    expect(await drawn(filled, 'nom')).toEqual({ size: 12, lines: [3] });
    expect(await drawn(filled, 'adresse')).toEqual({ size: 12, lines: [3] });
    const long = await fill(filled, { 'Votre adresse': `${LONG}\n`.repeat(9) });
    expect((await drawn(long, 'adresse')).size).toBeLessThan(8);
  });

  it('at the size that the form gives to all its fields', async () => {
    const bytes = await changed((pdf) => {
      setLooks(pdf.getForm().getTextField('adresse'), undefined);
      pdf.getForm().acroForm.dict.set(PDFName.of('DA'), PDFString.of('0 g /Helv 9 Tf'));
    });
    const filled = await fill(bytes, { 'Votre adresse': 'Oui' });
    expect((await drawn(filled, 'adresse')).size).toBe(9);
  });

  it.for([90, 270])('at the author’s size in a box whose text is turned by %i degrees', async (turned) => {
    const bytes = await changed((pdf) => {
      const [widget] = pdf.getForm().getTextField('nom').acroField.getWidgets();
      widget?.setRectangle({ x: 50, y: 300, width: 20, height: 235 });
      widget?.getOrCreateAppearanceCharacteristics().setRotation(turned);
    });
    expect((await drawn(await fill(bytes, { [NAME]: 'Œuvré Dupré' }), 'nom')).size).toBe(11);
  });

  it('with all its letters, though a word is wider than its box', async () => {
    const word = 'https://www.allier.fr/'.repeat(12);
    const filled = await fill(await changed(() => undefined), { 'Votre adresse': `voir ${word} merci` });
    const { lines } = await drawn(filled, 'adresse');
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines)).toBeLessThan(140);
  });

  it('as a list shows it, not as the file stores it', async () => {
    const bytes = await changed((pdf) => {
      const form = pdf.getForm();
      form.acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
      const { dict } = form.getDropdown('trajet').acroField;
      const pair = (stored: string, shown: string) => [PDFString.of(stored), PDFHexString.fromText(shown)];
      dict.set(PDFName.of('Opt'), pdf.context.obj([pair('03', 'Allier'), pair('63', 'Puy-de-Dôme')]));
    });
    const filled = await fill(bytes, { 'Votre trajet': 0 });
    expect((await drawn(filled, 'trajet')).lines).toEqual(['Allier'.length]);
    expect(await valueOf(filled, 'Votre trajet')).toBe(0);
    const other = await fill(filled, { [NAME]: 'Œuvré' });
    expect((await drawn(other, 'trajet')).lines).toEqual(['Allier'.length]);
  });
});
