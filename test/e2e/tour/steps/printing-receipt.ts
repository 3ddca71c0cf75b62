/** The receipt: downloaded into the tray, printed on a real IPP printer, and checked in the printer's output. */
import { checkPrinted } from '../../pages/printed-file.ts';
import { onCaisse } from '../../pages/selectors.ts';
import type { TourStep } from '../tour-guide.ts';

export const printingReceipt: readonly TourStep[] = [
  {
    caption: 'La demande est envoyée.',
    act: async ({ site }) => onCaisse(await site()).send.click(),
    see: async ({ site }) => (await site()).waitForURL('**/confirmation'),
  },
  {
    caption: 'Elle télécharge l’accusé de réception : il arrive dans « Mes documents ».',
    act: async ({ site }) => onCaisse(await site()).receipt.click(),
    see: ({ person }) => person.tray.arrived.waitFor(),
  },
  {
    caption: 'Ce qui est montré est ce qui sera imprimé.',
    act: ({ person }) => person.tray.printArrived.click(),
    async see({ person }) {
      await person.print.oneSide.waitFor();
      await person.print.pagesAreDrawn();
    },
  },
  {
    caption: 'Un seul appui. La borne suit l’imprimante page par page.',
    async act({ person, printer }) {
      printer.setPageMs(4_000);
      await person.print.oneSide.click();
    },
    see: ({ person }) => person.see.title.filter({ hasText: 'Page 1 sur 1' }).waitFor(),
  },
  {
    caption: '« Votre page est sortie » : dit seulement quand l’imprimante l’a compté.',
    act: async () => undefined,
    async see({ person, printer }) {
      await person.see.title.filter({ hasText: 'Votre page est sortie' }).waitFor({ timeout: 30_000 });
      const { pages, size, text } = checkPrinted(printer.printed().at(-1));
      if (printer.printed().length !== 1 || pages !== 1 || size !== 'A4' || !/accusé de réception/i.test(text))
        throw new Error(`came out: ${printer.printed().length} file, ${pages} page, ${size}, ${text.slice(0, 200)}`);
    },
  },
];
