/** The site's file button, the scanner, and documents that arrive straightened, named and small enough. */
import { onCaisse } from '../../pages/selectors.ts';
import type { TourStep } from '../tour-guide.ts';

const LIMIT_BYTES = 2_000_000;

export const joiningPapers: readonly TourStep[] = [
  {
    caption: 'Elle appuie sur « Choisir un fichier ». Pas de fenêtre inconnue : la borne propose de scanner.',
    act: async ({ site }) =>
      onCaisse(await site())
        .pick('bail')
        .click(),
    see: ({ person }) => person.tray.scanNow.waitFor(),
  },
  {
    caption: 'Une question simple : que voulez-vous scanner ?',
    act: ({ person }) => person.tray.scanNow.click(),
    see: ({ person }) => person.tray.several.waitFor(),
  },
  {
    caption: 'Son bail a deux feuilles. Un dessin et trois gestes.',
    act: ({ person }) => person.tray.several.click(),
    see: ({ person }) => person.tray.scan.waitFor(),
  },
  {
    caption: 'Les deux feuilles étaient de travers. Les voici droites et propres, dans l’ordre.',
    act: ({ person, scanner, sheets }) => {
      scanner.scene.pages = [...sheets.lease];
      scanner.scene.adfState = 'ScannerAdfLoaded';
      return person.tray.scan.click();
    },
    see: ({ person }) => person.see.title.filter({ hasText: 'Vos 2 pages sont prêtes' }).waitFor({ timeout: 40_000 }),
  },
  {
    caption: 'Le texte est lu : le document a reçu son nom. Il est déjà choisi pour le site.',
    act: ({ person }) => person.tray.finish.click(),
    see: ({ person }) => person.tray.document('Bail').waitFor({ timeout: 40_000 }),
  },
  {
    caption: 'Le site a le bail, sous sa limite de 2 Mo, et la bande le confirme.',
    act: ({ person }) => person.tray.give.click(),
    async see({ person, site }) {
      await person.siteIsShown();
      await person.tray.attached.waitFor();
      const [file] = await onCaisse(await site()).filesOf('bail');
      if (file === undefined || file.size > LIMIT_BYTES || !/^bail-1\.pdf$/.test(file.name))
        throw new Error(`the site has ${JSON.stringify(file)}`);
    },
  },
  {
    caption: 'Le RIB : la zone « déposez ici » du site mène au même endroit. Une seule feuille, sur la vitre.',
    async act({ person, site, scanner, sheets }) {
      scanner.scene.pages = [sheets.rib];
      await onCaisse(await site())
        .drop('rib')
        .click();
      await person.tray.scanNow.click();
      await person.tray.single.click();
      await person.tray.scan.click();
    },
    see: ({ person }) => person.tray.good.and(person.tray.enabled).waitFor({ timeout: 40_000 }),
  },
  {
    caption: 'Deux documents sont prêts, chacun avec son nom. Le RIB est choisi.',
    act: ({ person }) => person.tray.good.click(),
    see: ({ person }) => person.tray.document('RIB').waitFor({ timeout: 40_000 }),
  },
  {
    caption: 'Le site a tout. Elle relit ses réponses.',
    async act({ person, site }) {
      await person.tray.give.click();
      await person.siteIsShown();
      await person.tray.attached.waitFor();
      await onCaisse(await site()).continue.click();
    },
    see: async ({ person, site }) => {
      await (await site()).waitForURL('**/recapitulatif');
      await person.stepIs('Vérifiez, envoyez, gardez l’accusé');
    },
  },
];
