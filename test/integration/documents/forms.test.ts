/** PDF forms that a person fills in on the screen, with the real vault and decoder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument, PDFHexString, PDFName, PDFString, type PDFRef } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FORM_LIMITS, type DocumentForm, type FormValue } from '../../../main/contract/document-form.ts';
import { createMemoryKeys } from '../../fakes/memory-keys.ts';
import { paperForm } from '../../harness/documents/paper-form.ts';
import { documentsFixture, type DocumentsFixture } from '../../harness/scanning/documents-fixture.ts';
import { until } from '../../harness/until.ts';

const { keys, controller: machine } = createMemoryKeys();
let fixture: DocumentsFixture;
beforeAll(async () => {
  fixture = await documentsFixture({ keys });
});
afterEach(async () => {
  for (const { id } of fixture.state().list) await fixture.documents.handlers.erase({ id });
});
afterAll(() => fixture.stop());

const bring = async (bytes: Uint8Array): Promise<string> => {
  await fixture.download('demande_transport.pdf', bytes, true);
  const [one] = fixture.state().list;
  if (!one) throw new Error('not kept');
  return one.id;
};
const filesKept = async (): Promise<number> => (await readdir(join(fixture.folder, 'vault'))).length;
const shown = (id: string) => fixture.state().list.find((one) => one.id === id);
const open = async (id: string): Promise<DocumentForm> => {
  const form = await fixture.documents.handlers.form({ id });
  if (!form.ok) throw new Error(form.error.code);
  return form.value;
};
/** By their labels; those without one by their kind. */
const placeOf = (form: DocumentForm, what: string): number => {
  const at = form.fields.findIndex(({ label, kind }) => label === what || (label === '' && kind === what));
  if (at < 0) throw new Error(what);
  return at;
};
const valueOf = (form: DocumentForm, what: string): FormValue => form.fields[placeOf(form, what)]?.value ?? null;
const fill = async (id: string, values: Readonly<Record<string, FormValue>>) => {
  const form = await open(id);
  const changes = Object.entries(values).map(([what, value]) => ({ field: placeOf(form, what), value }));
  return fixture.documents.handlers.fillForm({ id, changes });
};
const picture = async (path: string) => {
  const bytes = await fixture.documents.bytes!(path);
  if (!bytes) throw new Error(path);
  return sharp(bytes.body).grayscale().raw().toBuffer({ resolveWithObject: true });
};
/** The share of dark dots inside a box of the form. */
const inkIn = async (path: string, form: DocumentForm, what: string, nth = 0): Promise<number> => {
  const box = form.fields[placeOf(form, what)]?.boxes[nth];
  if (!box) throw new Error(what);
  const { data, info } = await picture(path);
  let [dark, all] = [0, 0];
  // Without its frame.
  const [left, right] = [box.x * info.width + 5, (box.x + box.width) * info.width - 5];
  const [top, bottom] = [box.y * info.height + 5, (box.y + box.height) * info.height - 5];
  for (let y = Math.round(top); y < bottom; y += 1)
    for (let x = Math.round(left); x < right; x += 1) {
      all += 1;
      if ((data[y * info.width + x] ?? 255) < 110) dark += 1;
    }
  return dark / all;
};
const everything = {
  'Nom de naissance': 'Çelik-Œuvré',
  Prénoms: 'Élodie',
  'Date de naissance': '01021970',
  'Votre adresse': '12 rue de l’Église\n03000 Moulins',
  radio: 1,
  tick: 0,
  'Votre trajet': 2,
  'J’accepte que mes informations soient vérifiées': 0,
} as const;

describe('a form', () => {
  it('is offered for filling in, with its fields where they are drawn', async () => {
    const id = await bring(await paperForm());
    expect(shown(id)).toMatchObject({ fillable: true, edition: 1, pages: 2 });
    const form = await open(id);
    expect(form.pages).toEqual([
      { width: 595.28, height: 841.89 },
      { width: 595.28, height: 841.89 },
    ]);
    expect(form.fields.map(({ kind, label }) => [kind, label])).toEqual([
      ['text', 'Nom de naissance'],
      ['text', 'Prénoms'],
      ['text', 'Date de naissance'],
      ['text', 'Votre adresse'],
      ['radio', ''],
      ['tick', ''],
      ['list', 'Votre trajet'],
      ['tick', 'J’accepte que mes informations soient vérifiées'],
      ['text', 'Fait à'],
    ]);
    const [name, , birth, address, home, vehicle, trip] = form.fields;
    expect(name?.boxes[0]?.x).toBeCloseTo(50 / 595.28, 2);
    expect(name?.boxes[0]?.y).toBeCloseTo((841.89 - 710) / 841.89, 2);
    expect(birth).toMatchObject({ comb: true, maxLength: 8 });
    expect(address).toMatchObject({ multiline: true, maxLength: FORM_LIMITS.letters });
    expect([home, vehicle].map((one) => one?.boxes.map(({ option }) => option))).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(trip?.options).toEqual(['Travail', 'Formation', 'Soins']);
  });

  it('keeps what was written, under the same name, and shows it', async () => {
    const id = await bring(await paperForm());
    const blank = await open(id);
    const stored = await filesKept();
    const before = await inkIn(`${id}/1.jpg`, blank, 'Nom de naissance');
    expect(await fill(id, everything)).toEqual({ ok: true, value: null });
    expect(shown(id)).toMatchObject({ name: 'demande transport', edition: 2, fillable: true });
    const form = await open(id);
    for (const [what, value] of Object.entries(everything)) expect(valueOf(form, what), what).toBe(value);
    expect(await inkIn(`${id}/1.jpg`, blank, 'Nom de naissance')).toBeGreaterThan(before + 0.03);
    // Its former content is gone.
    expect(await filesKept()).toBe(stored);
    expect(fixture.counted).toContain('documents.filled:1');
  });

  it('is drawn without its content where the screen shows it, and with it elsewhere', async () => {
    const id = await bring(await paperForm());
    await fill(id, everything);
    const form = await open(id);
    for (const [what, nth] of [
      ['Nom de naissance', 0],
      ['radio', 1],
      ['tick', 0],
      ['Votre trajet', 0],
    ] as const) {
      expect(await inkIn(`${id}/1.form.jpg`, form, what, nth), what).toBe(0);
      expect(await inkIn(`${id}/1.jpg`, form, what, nth), what).toBeGreaterThan(0.02);
    }
    // The other of two boxes stays empty.
    expect(await inkIn(`${id}/1.jpg`, form, 'tick', 1)).toBe(0);
    expect(await inkIn(`${id}/1.jpg`, form, 'radio', 0)).toBe(0);
  });

  it('changes one answer, and leaves the others', async () => {
    const id = await bring(await paperForm());
    await fill(id, everything);
    await fill(id, { tick: 1, Prénoms: '' });
    const form = await open(id);
    for (const [what, value] of Object.entries({ ...everything, tick: 1, Prénoms: '' }))
      expect(valueOf(form, what), what).toBe(value);
    await fill(id, { tick: null });
    expect(valueOf(await open(id), 'tick')).toBeNull();
  });

  it('writes names from elsewhere as they are, and leaves out only what the kiosk cannot print', async () => {
    const id = await bring(await paperForm());
    await fill(id, { 'Nom de naissance': 'Błażej Şahin', Prénoms: 'Ольга Zoé ½ ليلى', 'Votre adresse': 'Nguyễn' });
    const form = await open(id);
    expect(valueOf(form, 'Nom de naissance')).toBe('Błażej Şahin');
    expect(valueOf(form, 'Prénoms')).toBe('Ольга Zoé ½ ');
    expect(valueOf(form, 'Votre adresse')).toBe('Nguyen');
  });

  it('was printed, sent or copied as it was then, not as it is now', async () => {
    const id = await bring(await paperForm());
    await fixture.documents.read(id);
    fixture.documents.markPrinted(id);
    expect(shown(id)?.done).toMatchObject({ printed: true });
    await fill(id, { Prénoms: 'Élodie' });
    expect(shown(id)?.done).toEqual({ sent: false, printed: false, copied: false });
  });

  it('that is corrected while it is printed or sent is not said to be printed or sent', async () => {
    const id = await bring(await paperForm());
    await fixture.documents.read(id);
    const lent = await fixture.documents.filesForPage([id], null, { accept: '', multiple: false });
    if (!lent.ok) throw new Error(lent.error);
    await fill(id, { Prénoms: 'Élodie' });
    fixture.documents.markPrinted(id);
    lent.value.given();
    await lent.value.release();
    expect(shown(id)?.done).toEqual({ sent: false, printed: false, copied: false });
  });

  it('that is erased while it is filled in stays erased', async () => {
    const id = await bring(await paperForm());
    const form = await open(id);
    const changes = [{ field: placeOf(form, 'Prénoms'), value: 'Élodie' }];
    const filled = fixture.documents.handlers.fillForm({ id, changes });
    await fixture.documents.handlers.erase({ id });
    expect(await filled).toMatchObject({ ok: false });
    expect(fixture.state().list).toEqual([]);
    expect(fixture.state().usedBytes).toBe(0);
  });

  it('is opened again with what was written, however soon', async () => {
    const id = await bring(await paperForm());
    const form = await open(id);
    const changes = [{ field: placeOf(form, 'Prénoms'), value: 'Élodie' }];
    const [, again] = await Promise.all([fixture.documents.handlers.fillForm({ id, changes }), open(id)]);
    expect(valueOf(again, 'Prénoms')).toBe('Élodie');
  });

  describe('with what was written, however soon,', () => {
    /** Meanwhile it is filled in. */
    const meanwhile = async <T>(id: string, ask: () => Promise<T>): Promise<T> => {
      const form = await open(id);
      const changes = [{ field: placeOf(form, 'Prénoms'), value: 'Élodie' }];
      const [filled, answer] = await Promise.all([fixture.documents.handlers.fillForm({ id, changes }), ask()]);
      expect(filled).toMatchObject({ ok: true });
      return answer;
    };
    const firstNames = async (bytes: Uint8Array | undefined) =>
      (await PDFDocument.load(bytes ?? new Uint8Array())).getForm().getTextField('prenom').getText();

    it('is printed', async () => {
      const id = await bring(await paperForm());
      expect(await firstNames(await meanwhile(id, () => fixture.documents.read(id)))).toBe('Élodie');
    });

    it('is sent', async () => {
      const id = await bring(await paperForm());
      const lent = await meanwhile(id, () =>
        fixture.documents.filesForPage([id], null, { accept: '', multiple: false }),
      );
      if (!lent.ok) throw new Error(lent.error);
      expect(await firstNames(await readFile(lent.value.paths[0]!))).toBe('Élodie');
      lent.value.given();
      await lent.value.release();
      expect(shown(id)?.done).toMatchObject({ sent: true });
    });

    it('is copied to a key', async () => {
      machine.plugIn('key');
      await until('the key', () => fixture.state().key.kind === 'ready');
      const id = await bring(await paperForm());
      expect(await meanwhile(id, () => fixture.documents.handlers.copyToKey({ ids: [id] }))).toMatchObject({
        ok: true,
      });
      expect(shown(id)?.done).toMatchObject({ copied: true });
      machine.pullOut('key');
    });

    it('is marked for somebody', async () => {
      const id = await bring(await paperForm());
      const form = await open(id);
      const before = await inkIn(`${id}/1.jpg`, form, 'Prénoms');
      const copy = await meanwhile(id, () => fixture.documents.handlers.watermark({ id, recipient: 'Allier' }));
      if (!copy.ok) throw new Error(copy.error.code);
      expect(await inkIn(`${copy.value.id}/1.jpg`, form, 'Prénoms')).toBeGreaterThan(before + 0.01);
    });
  });

  it('leaves nothing when the session ends while it is filled in', async () => {
    const id = await bring(await paperForm());
    const form = await open(id);
    const filled = fixture.documents.handlers.fillForm({
      id,
      changes: [{ field: placeOf(form, 'Prénoms'), value: 'Élodie' }],
    });
    expect(await fixture.wipe()).toEqual([]);
    expect(await filled).toMatchObject({ ok: false });
    expect(fixture.state().usedBytes).toBe(0);
  });
});

describe('a form of another kind', () => {
  const changed = async (change: (pdf: PDFDocument) => void): Promise<Uint8Array> => {
    const pdf = await PDFDocument.load(await paperForm());
    change(pdf);
    return pdf.save({ updateFieldAppearances: false });
  };

  it('with Adobe’s copy of itself and Adobe’s rights loses both, which would hide what was written', async () => {
    const bytes = await changed((pdf) => {
      const xml = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"></xdp:xdp>';
      pdf.getForm().acroForm.dict.set(PDFName.of('XFA'), pdf.context.register(pdf.context.flateStream(xml)));
      pdf.catalog.set(PDFName.of('Perms'), pdf.context.obj({ UR3: pdf.context.obj({}) }));
    });
    const id = await bring(bytes);
    expect(await fill(id, { Prénoms: 'Élodie' })).toMatchObject({ ok: true });
    const file = await PDFDocument.load((await fixture.documents.read(id))!, { preserveXFA: true });
    expect(file.catalog.has(PDFName.of('Perms'))).toBe(false);
    expect(file.catalog.getAcroForm()?.dict.has(PDFName.of('XFA'))).toBe(false);
  });

  it('whose reader would draw the fields itself is drawn by us', async () => {
    const bytes = await changed((pdf) =>
      pdf.getForm().acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true)),
    );
    const id = await bring(bytes);
    await fill(id, { 'Nom de naissance': 'Çelik-Œuvré' });
    const file = await PDFDocument.load((await fixture.documents.read(id))!);
    expect(file.getForm().acroForm.dict.has(PDFName.of('NeedAppearances'))).toBe(false);
    expect(await inkIn(`${id}/1.jpg`, await open(id), 'Nom de naissance')).toBeGreaterThan(0.02);
  });

  it('whose reader would draw the fields itself goes on doing so where we lack the letters', async () => {
    const bytes = await changed((pdf) => {
      const form = pdf.getForm();
      form.acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
      form.getTextField('nom').acroField.dict.set(PDFName.of('V'), PDFHexString.fromText('ليلى'));
    });
    const id = await bring(bytes);
    expect(await fill(id, { Prénoms: 'Élodie' })).toMatchObject({ ok: true });
    const file = await PDFDocument.load((await fixture.documents.read(id))!);
    expect(file.getForm().acroForm.dict.has(PDFName.of('NeedAppearances'))).toBe(true);
    expect(valueOf(await open(id), 'Nom de naissance')).toBe('ليلى');
  });

  it('on a page that is turned has its boxes where they are seen', async () => {
    const bytes = await changed((pdf) => pdf.getPage(0).node.set(PDFName.of('Rotate'), pdf.context.obj(90)));
    const form = await open(await bring(bytes));
    expect(form.pages[0]).toEqual({ width: 841.89, height: 595.28 });
    const box = form.fields[placeOf(form, 'Nom de naissance')]?.boxes[0];
    expect(box?.x).toBeCloseTo(690 / 841.89, 2);
    expect(box?.y).toBeCloseTo(50 / 595.28, 2);
    expect(box?.height).toBeCloseTo(235 / 595.28, 2);
  });

  it('that is signed is not offered: a change would void the signature', async () => {
    const bytes = await changed((pdf) => {
      const signature = pdf.context.obj({ Type: 'Sig', Contents: PDFString.of('') });
      const field: PDFRef = pdf.context.register(
        pdf.context.obj({ FT: 'Sig', T: PDFString.of('signature'), V: signature, Kids: [] }),
      );
      pdf.getForm().acroForm.addField(field);
    });
    expect(shown(await bring(bytes))).toMatchObject({ fillable: false });
  });

  it('whose author forbids only changes is filled in, though its file is encrypted', async () => {
    const bytes = await changed((pdf) =>
      pdf.encrypt({ ownerPassword: 'mairie', userPassword: '', permissions: { fillingForms: true, modifying: false } }),
    );
    const id = await bring(bytes);
    expect(await fill(id, { Prénoms: 'Élodie' })).toMatchObject({ ok: true });
    expect(valueOf(await open(id), 'Prénoms')).toBe('Élodie');
  });

  it.for([
    [
      'whose author forbids filling it in',
      (pdf: PDFDocument) =>
        pdf.encrypt({
          ownerPassword: 'mairie',
          userPassword: '',
          permissions: { fillingForms: false, annotating: false },
        }),
    ],
    [
      'whose fields are all hidden, like the barcode of the answers',
      (pdf: PDFDocument) => {
        for (const { acroField } of pdf.getForm().getFields())
          for (const { dict } of acroField.getWidgets()) dict.set(PDFName.of('PMD'), pdf.context.obj({}));
        for (const name of ['foyer', 'vehicule', 'trajet', 'accord'])
          for (const { dict } of pdf.getForm().getField(name).acroField.getWidgets())
            dict.set(PDFName.of('F'), pdf.context.obj(2));
      },
    ],
    [
      'whose fields are inside each other without end',
      (pdf: PDFDocument) => {
        const { context } = pdf;
        const [outer, inner] = [context.nextRef(), context.nextRef()];
        context.assign(outer, context.obj({ T: PDFString.of('a'), Kids: [inner] }));
        context.assign(inner, context.obj({ T: PDFString.of('b'), Kids: [outer] }));
        pdf.getForm().acroForm.addField(outer);
      },
    ],
    [
      'whose fields are all locked',
      (pdf: PDFDocument) =>
        pdf
          .getForm()
          .getFields()
          .forEach((one) => one.enableReadOnly()),
    ],
    ['without fields', (pdf: PDFDocument) => pdf.getForm().flatten()],
  ] as const)('%s is not offered', async ([, change]) => {
    const id = await bring(await changed(change));
    expect(shown(id)).toMatchObject({ fillable: false });
    expect(await fixture.documents.handlers.form({ id })).toEqual({ ok: false, error: { code: 'documents.gone' } });
  });
});
