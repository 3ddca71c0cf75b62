/** Plays one session per ending on one kiosk, and looks for what is left after each. */
import { contract, type FeatureName } from '../../main/contract/index.ts';
import { demoArguments } from '../../main/process/arguments.ts';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { onScreens } from '../e2e/pages/selectors.ts';
import { until } from '../harness/until.ts';
import { createCanaries } from './canaries.ts';
import { openDevices } from './devices.ts';
import type { Ending } from './endings.ts';
import { runOnVolumes, type KioskRun, type Leak } from './kiosk-run.ts';
import { lookAround, type Looked } from './look.ts';
import { plantEverywhere, plantInSite, whatTheSiteKnows, type Planting } from './plant.ts';
import { searchBytes, type Found } from './search-bytes.ts';
import { connectAsScreens } from './main-connection.ts';
import { writeTrapConfig } from './trap-config.ts';
import { startTrapSite } from './trap-site.ts';
import { makeVolumes } from './volumes.ts';

const NO_DEVICES = 'printer: { kind: none }\nscanner: { kind: none }\n';

export interface Played {
  readonly ending: string;
  readonly planted: number;
  /** Canaries that could be found in memory before the end: the search sees what is there. */
  readonly seenBefore: number;
  readonly looked: Looked;
  readonly seconds: number;
  /** The message of a restart, when the ending calls for it. */
  readonly restartTold: boolean;
}

export interface PlayOptions {
  readonly endings: readonly Ending[];
  readonly form: 'short' | 'long';
  readonly leak?: Leak;
  readonly tell: (line: string) => void;
}

/** Begins as the next person, looks at all that can be reached, and leaves. */
const asTheNextPerson = async (
  kiosk: KioskRun,
  restartTold: (told: boolean) => void,
): Promise<readonly (readonly [string, string])[]> => {
  const reachable: [string, string][] = [];
  // Out of service while another try is made, and no screens at all while their browser starts again.
  const screens = await until(
    'the accueil',
    async () => {
      const page = await kiosk.screens();
      return (
        (await onScreens(page)
          .begin.isVisible()
          .catch(() => false)) && page
      );
    },
    60_000,
  );
  screens.setDefaultTimeout(15_000);
  const see = onScreens(screens);
  const welcome = await screens.locator('body').innerText();
  restartTold(welcome.includes('a redémarré'));
  reachable.push(['accueil', welcome]);
  await see.begin.click();
  const main = await connectAsScreens(screens);
  for (const feature of Object.keys(contract) as FeatureName[])
    reachable.push([`state of ${feature}`, JSON.stringify(await main.state(feature).catch(() => null))]);
  reachable.push(['our screens', await screens.content()]);
  reachable.push(['what our screens keep', await screens.evaluate(whatTheSiteKnows)]);
  await see.search.fill('piège');
  reachable.push(['search', await screens.content()]);
  await see.demarche('Aller voir le piège').click();
  await see.go.click();
  const site = await kiosk.guest();
  await site.waitForLoadState();
  reachable.push(['the site', await site.evaluate(whatTheSiteKnows)]);
  await see.finished.click();
  await see.yesLeave.click();
  await see.begin.waitFor();
  return reachable;
};

export const play = async (options: PlayOptions): Promise<readonly Played[]> => {
  const { tell } = options;
  const canaries = createCanaries();
  const volumes = makeVolumes();
  if (volumes.missing !== undefined)
    tell(`NOT ON A REAL DISK: ${volumes.missing}. Plain folders stand in for it: deleted blocks are NOT searched.`);
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  const site = await startTrapSite();
  const devices = options.form === 'long' ? await openDevices(tell) : undefined;
  const config = writeTrapConfig(devices?.config ?? NO_DEVICES);
  const kiosk = runOnVolumes({
    volumes,
    display: display.name,
    leak: options.leak,
    args: [
      `--config=${config.dir}`,
      ...demoArguments({ demoSites: { hostRules: `MAP *.test 127.0.0.1:${site.port}`, trustedSpki: site.spki } }),
    ],
  });
  const played: Played[] = [];
  try {
    for (const [turn, ending] of options.endings.entries()) {
      const began = performance.now();
      const first = canaries.planted;
      const disks: Buffer[] = [];
      const planting: Planting = {
        kiosk,
        display: display.name,
        word: (place) => canaries.plant(`${place}, ${ending.name}`),
        layOnGlass: devices?.layOnGlass,
        copyIn: turn % 2 === 0 ? 'screens' : 'site',
        canPrint: devices?.canPrint ?? false,
      };
      let seenBefore = 0;
      const plant = (async () => {
        if (options.form === 'long') await plantEverywhere(planting);
        else await plantInSite(planting);
        const seen = new Set<string | undefined>();
        for (const { path, bytes } of volumes.inMemory())
          for (const { label } of await searchBytes(Buffer.concat([Buffer.from(path), bytes]), canaries, path))
            if (label?.endsWith(ending.name)) seen.add(label);
        seenBefore = seen.size;
        // A file removed before the kernel writes it never reaches the disk, and a quick session would hide a leak.
        volumes.writeOut();
      })();
      await ending.end({ kiosk, volumes, keepDisk: (bytes) => void disks.push(bytes) }, plant);
      await plant.catch(() => undefined);
      let restartTold = false;
      const reachable = await asTheNextPerson(kiosk, (told) => (restartTold = told));
      await until(
        'the last session wiped',
        async () => (await onScreens(await kiosk.screens()).begin.isVisible()) || undefined,
      );
      const looked = await lookAround({
        canaries,
        volumes,
        kiosk,
        display: display.name,
        reachable: [...reachable, ...(devices?.spool() ?? [])],
        disks,
      });
      const one: Played = {
        ending: ending.name,
        planted: canaries.planted - first,
        seenBefore,
        looked,
        restartTold,
        seconds: (performance.now() - began) / 1_000,
      };
      played.push(one);
      tell(
        `${ending.name}: ${one.planted} canaries (${seenBefore} seen in memory before), ${looked.found.length} found` +
          `${restartTold ? ', the next person is told of the restart' : ''}; ${one.seconds.toFixed(0)} s`,
      );
      for (const line of describe(looked.found)) tell(`  FOUND ${line}`);
    }
    return played;
  } catch (error) {
    tell(`the kiosk said last:\n${kiosk.log().split('\n').slice(-12).join('\n')}`);
    throw error;
  } finally {
    await kiosk.stop();
    await kiosk.killAll();
    await site.stop();
    await devices?.stop();
    await display.stop();
    volumes.remove();
    config.remove();
  }
};

const describe = (found: readonly Found[]): readonly string[] => {
  const lines = found.map(({ where, encoding, label }) => `${label ?? 'a canary'}: ${where}, ${encoding}`);
  return lines.length > 30 ? [...lines.slice(0, 30), `and ${lines.length - 30} more`] : lines;
};
