/**
 * The one place that lists the features and connects them. Tests build the same kiosk with other `KioskDeps`; nothing
 * below checks whether it runs in a test.
 */
import { assembleKiosk, type Kiosk, type KioskDeps, type PortsContext, type PortFactories } from './assemble.ts';
import { contract } from './contract/index.ts';
import { agentFeature } from './features/agent/index.ts';
import { browsingFeature } from './features/browsing/index.ts';
import { catalogueFeature } from './features/catalogue/index.ts';
import { directoryFeature } from './features/directory/index.ts';
import { documentsFeature } from './features/documents/index.ts';
import { mapFeature } from './features/map/index.ts';
import { printingFeature } from './features/printing/index.ts';
import { passphraseForm } from './features/printing/passphrase-form.ts';
import { scanningFeature } from './features/scanning/index.ts';
import { speechFeature } from './features/speech/index.ts';
import { tutorialsFeature } from './features/tutorials/index.ts';
import { usageFeature } from './features/usage/index.ts';
import { withTimeout } from './platform/clock.ts';

export type { Kiosk, KioskDeps } from './assemble.ts';

/** Wiped and stopped in this order: sites first, and the figures last because the others count until they stop. */
export const definitions = [
  browsingFeature,
  speechFeature,
  documentsFeature,
  printingFeature,
  scanningFeature,
  directoryFeature,
  tutorialsFeature,
  catalogueFeature,
  mapFeature,
  agentFeature,
  usageFeature,
] as const;

type Definitions = typeof definitions;

const PRINTER_ANSWERS_WITHIN_MS = 1_500;

/** The ports through which features use each other. */
const portFactories = ({
  features,
  session,
  stateOf,
  deps,
}: PortsContext<Definitions>): PortFactories<Definitions> => ({
  browsing: () => ({
    onPrintWanted: () => features.printing.guestWantsToPrint(),
    onDownloadBegun: () => features.documents.expectDocument(),
    onDownload: (file) => features.documents.takeDownload(file),
    onDownloadFailed: (name, asked) => features.documents.downloadFailed(name, asked),
    onDownloadRefused: (limit, name) => features.documents.downloadRefused(limit, name),
    onBlocked: (host) => features.usage.blocked(host),
    onClockBehind: (passedMs) => features.usage.clockBehind(passedMs),
    filesForPage: (ids, limits, input) => features.documents.filesForPage(ids, limits, input),
  }),
  printing: () => ({
    sources: {
      guestPage: () => features.browsing.printPage(),
      guestAsked: () => features.browsing.printAsked(),
      document: (id) => features.documents.read(id),
      async sheet(sheet, id, leaveOut) {
        const sheets = await import('./features/printing/sheets.ts');
        if (sheet === 'place') {
          const place = await features.directory.sheet(id);
          if (!place) return place;
          const streets = place.at && place.exact ? await features.map.streets(place.at) : null;
          const maps = { map: await features.map.map(), streets };
          return sheets.placeTicket(place, deps.config.site, maps, stateOf('session').preferences.language);
        }
        if (sheet === 'contact') {
          const shown = features.browsing.shownContact();
          return shown && sheets.contactDetailsSheet(shown.contact, shown.siteName, deps.config.site);
        }
        if (sheet === 'tutorial') {
          const { tutorial, picture } = features.tutorials;
          const found = await tutorial(id);
          return (
            found && sheets.tutorialSheet(found, picture, stateOf('session').preferences.language, deps.config.site)
          );
        }
        if (sheet === 'gestures') {
          const answers = await features.tutorials.startAnswers();
          return answers && sheets.gesturesSheet(answers, deps.config.site);
        }
        const found = sheet === 'papers' ? await features.catalogue.handlers.sheet({ id }) : undefined;
        return found?.ok ? sheets.papersSheet(found.value, deps.config.site, leaveOut) : undefined;
      },
    },
    onPrinted(source) {
      if (source.kind === 'document') features.documents.markPrinted(source.id);
      if (source.kind === 'sheet' && source.sheet === 'place') features.directory.ticketPrinted();
    },
  }),
  documents: () => ({ readInFrench: (texts, from) => features.speech.readInFrench(texts, from) }),
  scanning: () => ({
    tray: {
      expectPaper: () => features.documents.expectDocument(),
      addPaper: (paper) => features.documents.addPaper(paper),
    },
  }),
  directory: () => ({ map: () => features.map.map(), agentIsThere: () => stateOf('agent').open }),
  agent: () => ({
    figures: features.usage.figures,
    showMessages: (messages) => features.catalogue.showMessages(messages),
    setOutOfService: (on) => session().setClosed(on),
    addMinutes(minutes) {
      if (stateOf('session').timeLeftS === null) return false;
      session().addMinutes(minutes);
      return true;
    },
    addPages(pages) {
      if (!session().inUse() || stateOf('printing').allowance === null) return false;
      features.printing.addPages(pages);
      return true;
    },
    print: (pdf) => features.printing.printForAgent(pdf),
    printNote: () => features.printing.printSheetForAgent(passphraseForm(deps.config.site)),
    restart: () => deps.onEndWanted('restart'),
    quit: () => deps.onEndWanted('quit'),
    async printer() {
      const checked = features.printing.handlers.check({});
      // If the printer is slow to answer, its last known state is reported.
      await withTimeout(deps.clock, PRINTER_ANSWERS_WITHIN_MS, 'printer', checked).catch(() => undefined); // see above
      return stateOf('printing').printer;
    },
    scanner: () => stateOf('scanning').scanner,
    keyStatus: () => features.documents.keyStatus(),
  }),
});

export const composeKiosk = (deps: KioskDeps): Kiosk =>
  assembleKiosk(deps, { contract, definitions, portFactories, counts: ({ usage }) => usage.counts });
