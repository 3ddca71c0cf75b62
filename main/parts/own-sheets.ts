/** What our own sheets say, from the features that know it. */
import type { SiteConfig } from '../config/kiosk-config.ts';
import type { Language } from '../contract/session.ts';
import type { Browsing } from '../features/browsing/browsing.ts';
import type { Catalogue } from '../features/catalogue/catalogue.ts';
import type { Directory } from '../features/directory/directory.ts';
import type { KioskMapFeature } from '../features/map/map.ts';
import { contactSheet } from '../features/printing/contact-sheet.ts';
import { papersSheet } from '../features/printing/papers-sheet.ts';
import { placeTicket } from '../features/printing/place-ticket.ts';
import type { PrintSources } from '../features/printing/sources.ts';
import { gesturesSheet, tutorialSheet } from '../features/printing/tutorial-sheet.ts';
import type { Tutorials } from '../features/tutorials/tutorials.ts';

export const ownSheets =
  (from: {
    readonly site: SiteConfig;
    readonly browsing: () => Pick<Browsing, 'shownContact'>;
    readonly catalogue: Pick<Catalogue, 'handlers'>;
    readonly directory: Pick<Directory, 'sheet'>;
    readonly map: Pick<KioskMapFeature, 'map'>;
    readonly tutorials: Pick<Tutorials, 'tutorial' | 'picture' | 'startAnswers'>;
    readonly language: () => Language;
  }): PrintSources['sheet'] =>
  async (sheet, id) => {
    switch (sheet) {
      case 'place': {
        const place = await from.directory.sheet(id);
        return place && placeTicket(place, from.site, await from.map.map());
      }
      case 'contact': {
        const shown = from.browsing().shownContact();
        return shown && contactSheet(shown.contact, shown.siteName, from.site);
      }
      case 'papers': {
        const found = await from.catalogue.handlers.sheet({ id });
        return found.ok ? papersSheet(found.value, from.site) : undefined;
      }
      case 'tutorial': {
        const tutorial = await from.tutorials.tutorial(id);
        return tutorial && tutorialSheet(tutorial, from.tutorials.picture, from.language(), from.site);
      }
      case 'gestures': {
        const answers = await from.tutorials.startAnswers();
        return answers && gesturesSheet(answers, from.site);
      }
      default:
        return undefined;
    }
  };
