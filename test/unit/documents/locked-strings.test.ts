/** The strings of an encrypted file, once it is stored without its password. */
import { PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect, it } from 'vitest';
import { unlock } from '../../../main/features/documents/conversions/locked-pdf.ts';

const LABEL = PDFName.of('TU');

it.each(['a) Nom', 'Nom (de naissance', 'Nom (usuel)', 'Nom \\', 'Prénom'])(
  'a field labelled « %s » keeps its label and its place in the form',
  async (label) => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage();
    const field = pdf.getForm().createTextField('nom');
    field.addToPage(page);
    pdf.encrypt({ userPassword: 'x', ownerPassword: 'y', algorithm: 'AES-256' });
    // The library itself only encrypts streams. In AES-256, the key is the same for all objects.
    const encrypted = pdf.context.security!.getEncryptFn(1, 0)(Buffer.from(label, 'latin1'));
    const literal = [...encrypted].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    field.acroField.dict.set(LABEL, PDFString.of(literal));
    const opened = await PDFDocument.load(await unlock(await pdf.save({ useObjectStreams: false }), 'x'), {
      throwOnInvalidObject: true,
    });
    const fields = opened.getForm().getFields();
    expect(fields.map((one) => one.acroField.dict.lookup(LABEL, PDFString, PDFHexString).decodeText())).toEqual([
      label,
    ]);
  },
);
