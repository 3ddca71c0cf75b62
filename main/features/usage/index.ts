/** Wires the usage feature: the database in the state folder, and the signed weeks for the Département. */
import { randomInt } from 'node:crypto';
import { fail, ok } from '../../contract/result.ts';
import type { KioskConfig } from '../../config/kiosk-config.ts';
import { createFigures, type Figures } from './figures.ts';
import type { OpenCounts } from './counts-file.ts';
import { allowedCells, type KnownKeys } from './known-keys.ts';
import { knownFromConfig, weekListFrom } from './known-from-config.ts';
import { usageEvents } from './events.ts';
import { createOutages } from './outages.ts';
import { readSite } from './read-site.ts';
import { usageSection } from './section.ts';
import type { ReportCommandDeps } from './report-command.ts';
import { weekOfMoment } from './iso-week.ts';
import { createUsage, type Usage } from './usage.ts';
import { KEY_RANGE } from './noise.ts';
import { readTypeface } from '../../pdf/typeface.ts';
import { besideArchive } from '../../platform/app-root.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { isOnNetwork } from '../../platform/network/networks.ts';
import { isNetworkTime } from '../../platform/network-time.ts';
import { defineFeature } from '../feature.ts';
import type { KioskSystem } from '../system.ts';

const keyIn = (stateFolder: string): string => `${stateFolder}/figures-key.pem`;
const recordIn = (stateFolder: string): string => `${stateFolder}/figures-delivered.json`;

/** The end of this kiosk's key, to compare with the Département's register. Creates the key when there is none. */
export const keyEndingIn = async (files: Files, stateFolder: string): Promise<string | undefined> => {
  const { kioskKeyEnding } = await import('./write-bundles.ts');
  return kioskKeyEnding(files, keyIn(stateFolder));
};

export const countsIn = (stateFolder: string): string => `${stateFolder}/figures.db`;

/** SQLite is imported after the accueil is shown: nothing is written before the end of the first session. */
export const countsFileIn =
  (files: Files, clock: Clock, folder: string, kiosk: string, known: KnownKeys): OpenCounts =>
  async () => {
    const [{ openDatabase }, { createCountsStore }, { migrations }] = await Promise.all([
      import('../../store/open-database.ts'),
      import('../../store/counts-store.ts'),
      import('../../store/migrations/index.ts'),
    ]);
    const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);
    const opened = await openDatabase({
      files,
      file: countsIn(folder),
      migrations,
      today,
      allowed: allowedCells(known),
    });
    if (!opened.ok) return opened;
    const { db, movedAside } = opened.value;
    return { ok: true, value: { store: createCountsStore(db, kiosk), movedAside } };
  };

/** Opens the counters and the figures for the agent's area. */
export const openUsage = (
  system: Pick<KioskSystem, 'clock' | 'logger' | 'files' | 'folders' | 'config'>,
): { readonly usage: Usage; readonly figures: Figures } => {
  const { clock, logger, files, folders } = system;
  const { site } = system.config;
  const { bundleFolder, recipient } = site.figures;
  const known = knownFromConfig(system.config);
  const usage = createUsage({
    clock,
    logger,
    today: weekListFrom(system.config),
    open: countsFileIn(files, clock, folders.state, site.kioskId, known),
    random: Math.random,
    drawKey: () => randomInt(KEY_RANGE),
    steadyMs: () => clock.uptimeMs(),
    isNetworkTime: () => isNetworkTime(clock.now()),
    async forgetCopies(keptFrom) {
      const { forgetCopies } = await import('../../store/forget-copies.ts');
      const weekOfDay = (day: string): string => weekOfMoment(Date.parse(day)).week;
      return forgetCopies({ files, file: countsIn(folders.state), weekOfDay }, keptFrom);
    },
    async deliver(figures) {
      if (bundleFolder === null) return 'delivered';
      // Without a key to seal them with, figures would be readable by others, so they stay here.
      if (recipient === null) return 'no-recipient';
      const { kioskId: kiosk, place, placeType } = site;
      const { writeBundles } = await import('./write-bundles.ts');
      const [keyFile, recordFile] = [keyIn(folders.state), recordIn(folders.state)];
      const written = await writeBundles(
        { files, logger, folder: bundleFolder, recipient, keyFile, recordFile, kiosk, place, placeType },
        figures,
      );
      if (!written.ok) return 'away';
      const { nameShared, otherKey } = written.value;
      return nameShared ? 'name-shared' : otherKey ? 'other-key' : 'delivered';
    },
  });
  const figures = createFigures({
    usage,
    known,
    place: site.place,
    threshold: site.figures.thresholdInside,
    fonts: () => readTypeface(files, besideArchive('resources/fonts')),
    keyEnding: async () => (bundleFolder === null ? undefined : keyEndingIn(files, folders.state)),
  });
  return { usage, figures };
};

export const usageFeature = defineFeature({
  name: 'usage',
  counters: [],
  events: usageEvents,
  section: usageSection,
  open(kiosk) {
    const { usage, figures } = openUsage(kiosk);
    const { clock, shell } = kiosk;
    const outages = createOutages({ clock, usage, isOnNetwork, silence: () => shell.silence() });
    return {
      ...usage,
      figures,
      settled: () => void usage.start(),
      phaseChanged: outages.phaseChanged,
      sessionEnded: usage.endSession,
      audited: ({ step }) => usage.resetAudited(step),
      async stop() {
        outages.stop();
        await usage.stop();
      },
    };
  },
});

const UNREAD: Readonly<Record<string, string>> = {
  missing: 'Cette borne n’a encore rien compté.',
  newer: 'Les chiffres viennent d’une version plus récente du programme. Utilisez la même que la borne.',
  older: 'Les chiffres sont ceux d’une version plus ancienne. Démarrez la borne une fois, elle les mettra à jour.',
  damaged: 'Le fichier des chiffres est abîmé. Démarrez la borne : elle le mettra de côté et le dira.',
  busy: 'La borne écrit ses chiffres en ce moment. Essayez encore dans une minute.',
};

/** For `report`, which reads the kiosk's database without writing to it. */
export const reportDeps = (
  files: Files,
  clock: Clock,
  config: KioskConfig,
  stateFolder: string,
): ReportCommandDeps => ({
  files,
  now: () => clock.now(),
  known: knownFromConfig(config),
  place: config.site.place,
  departement: 'Tous les lieux du Département',
  thresholds: { inside: config.site.figures.thresholdInside, published: config.site.figures.thresholdPublished },
  fonts: () => readTypeface(files, besideArchive('resources/fonts')),
  env: process.env,
  async site() {
    const file = countsIn(stateFolder);
    if (!(await files.exists(file))) return fail(UNREAD['missing'] ?? '');
    const [{ readDatabase }, { createCountsStore }, { migrations }] = await Promise.all([
      import('../../store/read-database.ts'),
      import('../../store/counts-store.ts'),
      import('../../store/migrations/index.ts'),
    ]);
    const opened = readDatabase(file, migrations);
    if (!opened.ok)
      return fail(UNREAD[opened.error.kind] ?? `Le fichier des chiffres ne se lit pas (${opened.error.kind}).`);
    try {
      return ok(readSite(createCountsStore(opened.value, config.site.kioskId), clock.now(), weekListFrom(config)));
    } finally {
      opened.value.close();
    }
  },
});
