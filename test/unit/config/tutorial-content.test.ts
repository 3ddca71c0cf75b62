/** What `npm run config:check` tells of the tutorials, and what holds those that ship. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../../main/config/check.ts';
import { adviseOnTutorials } from '../../../main/config/tutorial-advice.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { readCatalogues } from '../../../main/npm-scripts/catalogues.ts';
import { makeTranslate } from '../../../main/contract/i18n/translate.ts';
import { folder, type Changes } from './folder.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const shipped = join(root, 'kiosk-config');
const ids = readdirSync(join(shipped, 'tutorials'), { withFileTypes: true })
  .filter((one) => one.isDirectory() && one.name !== 'pictures')
  .map(({ name }) => name);

const SVG = '<svg viewBox="0 0 480 360"><path d="M0 0h9" fill="none" stroke="#14213d"/></svg>';
const right = `id: souris
title: La souris
sentence: Vous saurez cliquer.
level: 1
place: 2
minutes: 5
competence: '5.2'
picture: { file: main, alt: Une main posée sur la souris. }
screens:
  - text: Posez la main sur la souris.
    picture: { file: main, alt: Une main posée sur la souris. }
    helpSimple: Posez la main.
  - text: Cliquez sur les ronds.
    helpSimple: Un clic par rond.
    practice: { kind: targets }
remember:
  - Un clic suffit.
  - La main ne bouge pas.
`;

const check = async (changes: Changes, argv = ['cfg']): Promise<{ code: number; lines: readonly string[] }> => {
  const lines: string[] = [];
  const files = folder({ 'tutorials/souris/tutorial.yaml': right, 'tutorials/souris/main.svg': SVG, ...changes });
  const code = await checkConfig(argv, {
    files: { ...files, readPart: systemFiles.readPart },
    print: (line) => lines.push(line.replaceAll('\u00a0', ' ')),
  });
  return { code, lines };
};
const FILE = 'cfg/tutorials/souris/tutorial.yaml';
const tutorial = (from: string, to: string): Changes => ({ 'tutorials/souris/tutorial.yaml': right.replace(from, to) });

describe('advice on a tutorial', () => {
  it('is none for a plain one, and its reading ease is printed', async () => {
    const { code, lines } = await check({});
    expect(code).toBe(0);
    expect(lines[0]).toBe('1 démarche, 1 tutoriel, 0 erreur');
    expect(lines[1]).toMatch(/^Facilité de lecture \(Kandel et Moles/);
    expect(lines[2]).toMatch(/^ +\d+ {2}souris$/);
  });

  const long = `Posez ${Array.from({ length: 20 }, () => 'la').join(' ')}.`;
  it.each([
    [
      'a long sentence, whole',
      'Posez la main sur la souris.',
      long,
      `10:11  phrase de 21 mots : « ${long} » — vingt mots`,
    ],
    ['a hard word, with a simpler one', 'Posez la main.', 'Veuillez poser la main.', '12:17  le mot « Veuillez »'],
    ['letters nobody explained', 'Posez la main.', 'Allez à la CNAV.', '12:17  le mot « CNAV »'],
    [
      'an alternative that teaches nothing',
      'alt: Une main posée sur la souris. }\nscreens',
      'alt: Une main. }\nscreens',
      '8:29  « Une main. » n’apprend rien',
    ],
  ])('tells %s, with its line, and leaves nothing out', async (_, from, to, line) => {
    const { code, lines } = await check(tutorial(from, to));
    expect(code).toBe(0);
    expect(lines[0]).toBe('1 démarche, 1 tutoriel, 0 erreur');
    expect(lines).toContainEqual(expect.stringContaining(`${FILE}:${line}`));
  });

  it('says nothing of English, of what is to be typed, of names between « »', async () => {
    const { lines } = await check(
      tutorial('Posez la main.', '{ fr: Cliquez sur « Valider »., en: Please proceed to validate the NASA form. }'),
    );
    expect(lines[1]).toMatch(/^Facilité/);
  });

  it('tells a picture that nothing shows', async () => {
    const { lines } = await check({ 'tutorials/souris/autre.svg': SVG, 'tutorials/pictures/commun.svg': SVG });
    expect(lines.filter((line) => line.includes('montré nulle part')).map((line) => line.split('  ')[0])).toEqual([
      'cfg/tutorials/pictures/commun.svg:1:1',
      'cfg/tutorials/souris/autre.svg:1:1',
    ]);
  });

  it('counts as a mistake with --strict, and only then', async () => {
    expect((await check(tutorial('Posez la main.', 'Veuillez poser.'), ['cfg', '--strict'])).code).toBe(2);
    const { code, lines } = await check({}, ['cfg', '--strict']);
    expect([code, lines]).toEqual([0, ['1 démarche, 1 tutoriel, 0 erreur']]);
  });
});

describe('a mistake in a tutorial', () => {
  it.each([
    [
      'a picture that is not there',
      'file: main, alt: Une main posée sur la souris. }\n    help',
      'file: mian, alt: Une main posée. }\n    help',
      '11:22  le dessin « mian » n’existe pas',
    ],
    ['HTML', 'Posez la main.', 'Posez <b>la main</b>.', '12:17  du HTML dans le texte'],
    ['an exercise of an unknown kind', 'kind: targets', 'kind: target', '15:23'],
    [
      'a link to a tutorial that is not there',
      'remember:',
      'next: [clavier]\nremember:',
      '16:8  le tutoriel « clavier » n’existe pas',
    ],
    ['an unknown theme', 'level: 1', 'level: 1\ntheme: apprndre', '5:8'],
    [
      'a picture without its alternative',
      'file: main, alt: Une main posée sur la souris. }\n    help',
      'file: main }\n    help',
      '11:',
    ],
  ])('%s is told by file, line and remedy; the démarches stay', async (_, from, to, place) => {
    const { code, lines } = await check(tutorial(from, to));
    expect(code).toBe(2);
    const line = lines.find((one) => one.startsWith(`${FILE}:${place}`));
    expect(line).toMatch(/ — ./);
    expect(lines.some((one) => /^1 démarche.*, 1 erreur$/.test(one))).toBe(true);
  });

  it('inside a picture is told once, by the line of the picture', async () => {
    const { code, lines } = await check({ 'tutorials/souris/main.svg': SVG.replace('<path', '\n<script/><path') });
    expect(code).toBe(2);
    expect(lines.filter((line) => line.startsWith('cfg/tutorials/souris/main.svg:2:1  « <script »'))).toHaveLength(1);
  });
});

/** Whatever else a sentence is made with, no button is called after it. */
const given = (n: number): object =>
  new Proxy({ n }, { has: () => true, get: (own, name) => Reflect.get(own, name) ?? '…' });

/** The groups of sentences that a tutorial may name. */
const NAMED_IN_TUTORIALS: ReadonlySet<string> = new Set(
  'app browsing catalogue directory documents mailbox practice printing scanning session ui'
    .split(' ')
    .map((one) => `${one}Messages`),
);

describe('the tutorials that ship', () => {
  it('are twenty, without a mistake nor a piece of advice, all easy to read', async () => {
    const lines: string[] = [];
    const code = await checkConfig([shipped, '--strict'], { files: systemFiles, print: (line) => lines.push(line) });
    expect(lines).toEqual([expect.stringMatching(/, 20 tutoriels, 0 erreur$/)]);
    expect(code).toBe(0);
    const { ease } = await adviseOnTutorials({ files: systemFiles, dir: shipped });
    expect(ease.filter(({ figure }) => figure < 90)).toEqual([]);
  });

  it('show every kind of exercise at least once', () => {
    const kinds = ids.flatMap((id) =>
      [...readFileSync(join(shipped, 'tutorials', id, 'tutorial.yaml'), 'utf8').matchAll(/^ +kind: (\S+)$/gm)].map(
        ([, kind]) => kind,
      ),
    );
    expect([...new Set(kinds)].toSorted()).toEqual(
      'calendar choose drag form franceconnect letter mailbox order password scan search-page targets true-false type'.split(
        ' ',
      ),
    );
  });

  it('are written in three languages: a text that is not the same in English says so', () => {
    const french: string[] = [];
    const look = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('fr' in node && !('en' in node)) french.push(path);
      for (const [key, one] of Object.entries(node)) look(one, `${path}.${key}`);
    };
    for (const id of ids) look(parse(readFileSync(join(shipped, 'tutorials', id, 'tutorial.yaml'), 'utf8')), id);
    expect(french).toEqual([]);
  });

  /** Words of sites, of keys, of papers: not ours, so no screen of ours can hold them. */
  const NOT_OURS =
    'Maj|Alt Gr|Entrée|Refuser|Continuer|Continuer sans accepter|.gouv.fr|gouv|aide.example|Annonce|Sponsorisé|arobase|.fr|.com|' +
    'Répondre|Spam|À|Objet|Envoyer|Mot de passe oublié|Renvoyer un code|Se connecter|S’identifier avec FranceConnect|' +
    'Activer|Ajouter|Parcourir|clic|facultatif|Facultatif|Voir mes droits|Nom|Prénom|Nom d’usage|E-mail|Il manque @';
  const NAMES_IN_SENTENCES =
    'Caf : votre code|camille m|camille.m|Code : 384 062|Votre code ?|votre banque|1234 ?|Connexion le 26/11|' +
    'Demande envoyée|N° de dossier : 2026-04817|N°|Réf.|Accusé de réception|Mes preuves|Justificatif de domicile|Facture gaz|' +
    'scan0012|Urgent !|vite.example|caf.fr|Code ?|La Caf|cliquez ici|Payez avant ce soir|votre compte est bloqué|pause|' +
    'Enregistrer le mot de passe ?|Non|Pour la Caf, 26/11/2026|Métier (facultatif)|Pouvez-vous regarder ailleurs ?|' +
    'Pourquoi venez-vous ?|Je suis bloqué, pouvez-vous venir ?|Accueil|Vous êtes sur le vrai site : caf.fr|Mot de passe oublié ?';
  const IN_ENGLISH =
    'at|Code: 384 062|your bank|Caf: votre code|N° de dossier: 2026-04817|request sent|click|Enter|Refuse|1234?|Urgent!|' +
    'I am stuck, could you come?|Could you look away?|Save the password?|Pay before tonight|your account is blocked|' +
    'You are on the real site: caf.fr';

  /** All that a person reads in one language; what is written once is the same in each. */
  const textsIn = (node: unknown, language: 'fr' | 'simple' | 'en'): readonly string[] => {
    if (typeof node === 'string') return [node];
    if (typeof node !== 'object' || node === null) return [];
    if ('fr' in node) return [String((node as Record<string, unknown>)[language] ?? node.fr)];
    return Object.entries(node).flatMap(([key, one]) => (key === 'sources' ? [] : textsIn(one, language)));
  };

  it.each(['fr', 'simple', 'en'] as const)(
    'name the buttons of the kiosk as they are written on them: %s',
    (language) => {
      const t = makeTranslate(() => language);
      const ours = new Set(
        [...readCatalogues(root).values()]
          .flat()
          .filter((catalogue) => catalogue.language === language)
          .flatMap(({ sentences }) => sentences)
          .filter(({ group }) => NAMED_IN_TUTORIALS.has(group))
          .flatMap(({ text }) => (text.includes('{') ? [1, 6].map((n) => t({ textIn: () => text }, given(n))) : [text]))
          .map((text) => text.replaceAll('\u00a0', ' ').replace(/ \(6\)$/, '')),
      );
      const others = new Set([NOT_OURS, NAMES_IN_SENTENCES, IN_ENGLISH].flatMap((names) => names.split('|')));
      const unknown = ids.flatMap((id) =>
        textsIn(parse(readFileSync(join(shipped, 'tutorials', id, 'tutorial.yaml'), 'utf8')), language).flatMap(
          (text) =>
            [...text.replaceAll('\u00a0', ' ').matchAll(language === 'en' ? /“([^”]+)”/g : /« ([^»]+) »/g)]
              .map(([, name = '']) => name)
              .filter((name) => !ours.has(name) && !others.has(name))
              .map((name) => `${id}: ${name}`),
        ),
      );
      expect([...new Set(unknown)]).toEqual([]);
    },
  );
});

describe('the example of kiosk-config/README.md', () => {
  it('is a right tutorial, and nothing in it could be easier', async () => {
    const readme = readFileSync(join(shipped, 'README.md'), 'utf8');
    const written = Object.fromEntries(
      [...readme.matchAll(/^```(?:yaml|svg) (tutorials\/\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => [
        path,
        text,
      ]),
    );
    expect(Object.keys(written)).toEqual([
      'tutorials/fermer-une-fenetre/tutorial.yaml',
      'tutorials/fermer-une-fenetre/croix.svg',
    ]);
    const page = right.replace('id: souris', 'id: lire-une-page');
    const { code, lines } = await check(
      { ...written, 'tutorials/lire-une-page/tutorial.yaml': page, 'tutorials/lire-une-page/main.svg': SVG },
      ['cfg', '--strict'],
    );
    expect(lines).toEqual(['1 démarche, 3 tutoriels, 0 erreur']);
    expect(code).toBe(0);
  });
});
