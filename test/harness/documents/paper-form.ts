/** A made-up PDF form of two pages, with the kinds of fields that the forms of administrations have. */
import {
  PDFDocument,
  PDFDict,
  PDFHexString,
  PDFName,
  rgb,
  StandardFonts,
  type PDFFont,
  type PDFField,
  type PDFForm,
  type PDFPage,
} from '@cantoo/pdf-lib';

const BLUE = rgb(0.11, 0.31, 0.54);
const LINE = { borderColor: BLUE, borderWidth: 0.7 } as const;

interface Drawing {
  readonly pdf: PDFDocument;
  readonly form: PDFForm;
  readonly page: PDFPage;
  readonly font: PDFFont;
}

const words = ({ page, font }: Drawing, text: string, x: number, y: number, size = 10): void =>
  page.drawText(text, { x, y, size, font });

/** Called once the field is on its page. */
const explain = ({ acroField }: PDFField, label: string): void => {
  for (const { dict } of acroField.getWidgets()) dict.set(PDFName.of('TU'), PDFHexString.fromText(label));
};

const line = (on: Drawing, name: string, label: string, x: number, y: number, width: number): void => {
  words(on, label, x, y + 24);
  const field = on.form.createTextField(name);
  field.addToPage(on.page, { x, y, width, height: 20, ...LINE });
  explain(field, label);
  field.setFontSize(11);
};

/** Two boxes of one field: « Oui » or « Non », which the library itself cannot make. */
const yesOrNo = ({ pdf, form, page, font }: Drawing, name: string, x: number, y: number): void => {
  const made = ['Oui', 'Non'].map((value, at) => {
    const box = form.createCheckBox(`${name} ${value}`);
    box.addToPage(page, { x: x + at * 70, y, width: 14, height: 14, ...LINE });
    page.drawText(value, { x: x + at * 70 + 20, y: y + 3, size: 10, font });
    const [widget] = box.acroField.getWidgets();
    if (!widget) throw new Error('no box');
    const looks = widget.dict.lookup(PDFName.of('AP'), PDFDict).lookup(PDFName.of('N'), PDFDict);
    const ticked = looks.get(PDFName.of('Yes'));
    if (ticked) looks.set(PDFName.of(value), ticked);
    looks.delete(PDFName.of('Yes'));
    return { box, widget };
  });
  const parent = pdf.context.obj({ FT: 'Btn', T: PDFHexString.fromText(name), V: 'Off' });
  const ref = pdf.context.register(parent);
  const kids = made.map(({ box, widget }) => {
    const own = box.acroField.ref;
    const inner = pdf.context.getObjectRef(widget.dict) ?? own;
    form.acroForm.removeField(box.acroField);
    for (const key of ['FT', 'T', 'V', 'Kids']) widget.dict.delete(PDFName.of(key));
    widget.dict.set(PDFName.of('Parent'), ref);
    return inner;
  });
  parent.set(PDFName.of('Kids'), pdf.context.obj(kids));
  form.acroForm.addField(ref);
};

/** The fields that `paperForm` has, by their names in the file. */
export const paperForm = async (): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.setTitle('Demande d’aide au transport');
  const form = pdf.getForm();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const first: Drawing = { pdf, form, page: pdf.addPage([595.28, 841.89]), font };
  words({ ...first, font: bold }, 'Demande d’aide au transport', 50, 770, 22);
  words(first, 'Remplissez toutes les cases. Joignez une copie de votre pièce d’identité.', 50, 745);
  line(first, 'nom', 'Nom de naissance', 50, 690, 235);
  line(first, 'prenom', 'Prénoms', 305, 690, 240);
  words(first, 'Date de naissance (jour, mois, année)', 50, 664);
  const birth = form.createTextField('naissance');
  birth.setMaxLength(8);
  birth.enableCombing();
  birth.addToPage(first.page, { x: 50, y: 640, width: 160, height: 20, ...LINE });
  explain(birth, 'Date de naissance');
  birth.setFontSize(11);
  words(first, 'Votre adresse', 50, 614);
  const address = form.createTextField('adresse');
  address.enableMultiline();
  address.addToPage(first.page, { x: 50, y: 545, width: 495, height: 64, ...LINE });
  explain(address, 'Votre adresse');
  address.setFontSize(11);
  words(first, 'Vous vivez', 50, 514);
  const home = form.createRadioGroup('foyer');
  for (const [at, [value, label]] of [
    ['seul', 'seul ou seule'],
    ['couple', 'en couple'],
  ].entries() as ArrayIterator<[number, [string, string]]>) {
    home.addOptionToPage(value, first.page, { x: 130 + at * 120, y: 511, width: 14, height: 14, ...LINE });
    words(first, label, 150 + at * 120, 514);
  }
  words(first, 'Avez-vous un véhicule ?', 50, 484);
  yesOrNo(first, 'vehicule', 200, 481);
  words(first, 'Votre trajet', 50, 454);
  const trip = form.createDropdown('trajet');
  trip.addOptions(['Travail', 'Formation', 'Soins']);
  trip.addToPage(first.page, { x: 130, y: 446, width: 160, height: 20, ...LINE });
  explain(trip, 'Votre trajet');
  line(first, 'numero', 'Numéro de dossier (rempli par le service)', 50, 400, 235);
  form.getTextField('numero').enableReadOnly();
  const second: Drawing = { ...first, page: pdf.addPage([595.28, 841.89]) };
  words({ ...second, font: bold }, 'Vos engagements', 50, 770, 18);
  const agreed = form.createCheckBox('accord');
  agreed.addToPage(second.page, { x: 50, y: 727, width: 14, height: 14, ...LINE });
  explain(agreed, 'J’accepte que mes informations soient vérifiées');
  words(second, 'J’accepte que mes informations soient vérifiées.', 74, 730);
  line(second, 'ville', 'Fait à', 50, 670, 235);
  words(second, 'Signature', 50, 630);
  return pdf.save();
};
