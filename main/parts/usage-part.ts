/** The figures on this machine: the database of the state folder, and the signed weeks for the Département. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import { createFigures, type Figures } from '../features/usage/figures.ts';
import type { OpenCounts } from '../features/usage/counts-file.ts';
import { knownFromConfig } from '../features/usage/known-from-config.ts';
import { createUsage, type Usage } from '../features/usage/usage.ts';
import { writeBundles } from '../features/usage/write-bundles.ts';
import { readSheetFonts } from '../features/printing/sheet-fonts.ts';
import { appRoot } from '../platform/app-root.ts';
import type { Clock } from '../platform/clock.ts';
import type { Files } from '../platform/files.ts';
import type { PartSystem } from './system.ts';

/** SQLite is read once the welcome screen is there: the first figure is written at the end of the first session. */
export const countsFileIn =
  (files: Files, clock: Clock, folder: string, kiosk: string): OpenCounts =>
  async () => {
    const [{ openDatabase }, { createCountsStore }, { migrations }] = await Promise.all([
      import('../store/open-database.ts'),
      import('../store/counts-store.ts'),
      import('../store/migrations/index.ts'),
    ]);
    const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);
    const opened = await openDatabase({ files, file: `${folder}/figures.db`, migrations, today });
    if (!opened.ok) return opened;
    const { db, movedAside } = opened.value;
    return { ok: true, value: { store: createCountsStore(db, kiosk), movedAside } };
  };

export const openUsage = (system: PartSystem): Usage => {
  const { clock, logger, files, folders } = system;
  const { site } = system.config;
  const { bundleFolder } = site.figures;
  return createUsage({
    clock,
    logger,
    known: knownFromConfig(system.config),
    open: countsFileIn(files, clock, folders.state, site.kioskId),
    random: Math.random,
    threshold: site.figures.thresholdInside,
    async onWeekOver(usage) {
      const figures = usage.site();
      if (bundleFolder === null || figures === undefined) return;
      const { kioskId: kiosk, place, placeType } = site;
      const keyFile = `${folders.state}/figures-key.pem`;
      await writeBundles({ files, logger, folder: bundleFolder, keyFile, kiosk, place, placeType }, figures);
    },
  });
};

export const openFigures = (files: Files, config: KioskConfig, usage: Usage): Figures =>
  createFigures({
    usage,
    known: knownFromConfig(config),
    place: config.site.place,
    threshold: config.site.figures.thresholdInside,
    fonts: () => readSheetFonts(files, `${appRoot()}/resources/fonts`),
  });
