import { describe, expect, it } from 'vitest';
import { troublesOf, wasGiven } from '../../../renderer/features/browsing/troubles.ts';
import { readDemarches } from '../content/read-content.ts';

const titles = (title: string, drawing: string | null, text = ''): readonly string[] =>
  troublesOf({ title, text, drawing }).map((one) => one.title.textIn('fr'));

it.each([
  ['Entrez votre numéro, puis mot de passe', 'vitale'],
  ['Tapez votre numéro, puis mot de passe', 'courrier'],
  ['Connectez-vous, ou créez un compte', 'identite'],
  ['Avec FranceConnect, choisissez un compte', 'franceconnect'],
])('« %s » lists the missing account and the forgotten password first', (title, drawing) => {
  expect(titles(title, drawing).slice(0, 2)).toEqual(['Je n’ai pas de compte', 'J’ai oublié mon mot de passe']);
});

it.each([
  ['Recopiez votre IBAN', 'rib'],
  ['Prouvez votre identité', 'identite'],
  ['Lancez la demande', null],
])('« %s » has two or three troubles', (title, drawing) => {
  expect([2, 3]).toContain(titles(title, drawing).length);
});

it('the trouble specific to the step comes first', () => {
  expect(titles('Recopiez votre IBAN', 'rib')[0]).toBe('Je n’ai pas mon RIB');
});

describe('after the page was given a document', () => {
  const refused = 'Le site refuse mon document';
  const after = (title: string, drawing: string | null, text = ''): readonly string[] =>
    troublesOf({ title, text, drawing }, { given: true }).map((one) => one.title.textIn('fr'));

  it.each([
    ['Répondez aux questions', null, ''],
    ['Entrez votre numéro, puis mot de passe', 'vitale', ''],
    ['Ajoutez vos papiers', 'document', ''],
    ['Lisez les conseils', 'document', 'Faites-les un par un.'],
  ])('« %s » lists the refused document first, once, among three at most', (title, drawing, text) => {
    const [first, ...others] = after(title, drawing, text);
    expect(first).toBe(refused);
    expect(others).not.toContain(refused);
    expect([1, 2]).toContain(others.length);
  });

  it('is there for a démarche without steps', () => {
    expect(troublesOf(undefined, { given: true }).map((one) => one.title.textIn('fr'))).toEqual([refused]);
    expect(troublesOf(undefined)).toEqual([]);
  });

  it.each([
    ['a document is on the page', { attached: 1, sent: null }, false, true],
    ['the answer to the form that carried one', { attached: 0, sent: 'answered' }, true, true],
    ['the answer to a form, without a document', { attached: 0, sent: 'answered' }, false, false],
    ['another page, later', { attached: 0, sent: null }, true, false],
  ] as const)('%s', (_, visit, joined, expected) => {
    expect(wasGiven(visit, joined ? [{ done: { sent: true } }] : [{ done: { sent: false } }])).toBe(expected);
  });
});

const general = ['Je ne vois pas cela sur la page', 'Le site ne me laisse pas continuer'];

it.each([
  ['Lisez les conseils', 'document', 'Faites-les un par un.'],
  ['Préparez les copies', 'document', 'Scannez-les ici, puis imprimez-les.'],
  ['Vérifiez chaque montant', 'document', 'Ajoutez ce qui manque.'],
  ['Appelez d’abord votre banque', 'telephone', ''],
  ['Choisissez comment le recevoir', 'email', ''],
  ['Donnez la date du départ', 'calendrier', ''],
  ['Décrivez l’accès au logement', 'adresse', 'Digicode, étage.'],
  ['Relisez, puis validez', 'vitale', ''],
])('« %s » (%s) has only the general troubles', (title, drawing, text) => {
  expect(titles(title, drawing, text)).toEqual(general);
});

it.each([
  ['Ajoutez vos papiers', 'document', '', 'Mon papier n’est pas sur la borne'],
  ['Racontez ce qui s’est passé', 'document', 'Ajoutez la facture, scannée ici.', 'Mon papier n’est pas sur la borne'],
  ['Recopiez le code reçu par SMS', 'telephone', '', 'Le SMS n’arrive pas'],
  ['Recopiez le code reçu par e-mail', 'email', '', 'Le code n’arrive pas'],
  ['Choisissez un jour et une heure', 'calendrier', '', 'Aucune date ne convient'],
  ['Écrivez votre commune', 'adresse', '', 'Le site ne trouve pas'],
])('« %s » has the trouble of its drawing', (title, drawing, text, trouble) => {
  expect(titles(title, drawing, text)[0]).toBe(trouble);
});

it('no shipped step speaks of a file, a code or an appointment that it does not ask for', () => {
  /** What the step must say for a trouble to make sense. */
  const needs: Readonly<Record<string, RegExp>> = {
    'Mon papier n’est pas sur la borne': /ajoutez|joignez/i,
    'Le code n’arrive pas': /code/i,
    'Le SMS n’arrive pas': /code/i,
    'Aucune date ne convient': /jour|rendez-vous/i,
    'Le site ne trouve pas': /commune|code postal|centre|service|lieu/i,
    'Rien ne s’imprime': /imprim/i,
    'Je n’ai pas mon RIB': /RIB|IBAN/,
  };
  const beside = readDemarches().flatMap(({ stem, demarche }) =>
    demarche.steps.flatMap(({ title, text, drawing }) =>
      titles(title, drawing, text)
        .filter((trouble) => needs[trouble]?.test(`${title} ${text}`) === false)
        .map((trouble) => `${stem}: ${title} → ${trouble}`),
    ),
  );
  expect(beside).toEqual([]);
});
