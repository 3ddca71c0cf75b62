/**
 * `npm run content:links [-- --config=DIR --out=DIR --pause=SECONDS --only=ID]`: on a machine with a network, every
 * start page and every host of the guidance opened in the kiosk's own guest. Exit code: 0 nothing to look at, 1
 * something, 2 not run.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../main/config/load.ts';
import { formatMistake } from '../../main/config/mistake.ts';
import { silentLogger } from '../../main/log/logger.ts';
import { sleep, systemClock as clock } from '../../main/platform/clock.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../main/shell/chromium/system-chromium.ts';
import { ANY_PORT } from '../harness/browser-ports.ts';
import { checkLinks } from './check-links.ts';
import { visit } from './visit.ts';

const root = join(import.meta.dirname, '..', '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: join(root, 'kiosk-config') },
      out: { type: 'string', default: join(root, 'out', 'content-links') },
      pause: { type: 'string', default: '5' },
      only: { type: 'string' },
    },
  });
  const pauseMs = Number(values.pause) * 1_000;
  if (!(pauseMs >= 1_000)) {
    say(`--pause=${values.pause} : au moins une seconde entre deux visites`);
    return 2;
  }
  const config = await loadConfig({ files: systemFiles, dir: values.config });
  if (!config.ok) {
    for (const mistake of config.error) say(formatMistake(mistake));
    return 2;
  }
  const demarches = config.value.demarches.filter(({ id }) => values.only === undefined || id === values.only);
  const out = resolve(values.out);
  // Always a display of its own: whoever starts it goes on working.
  const display = await openDisplay({ existing: undefined, size: '1280x800' });
  process.env['DISPLAY'] = display.name;
  const folder = mkdtempSync('/dev/shm/pnl-');
  chmodSync(folder, 0o777);
  const shell = createSystemChromiumShell({ clock, logger: silentLogger, folder, extraSwitches: () => [ANY_PORT] });
  try {
    const findings = await checkLinks({
      config: { ...config.value, demarches },
      visit: (address, journey) => visit({ shell, folder, clock, settleMs: 2_500, withinMs: 45_000 }, address, journey),
      out,
      today: new Date(clock.now()).toISOString().slice(0, 10),
      pause: () => sleep(clock, pauseMs),
      print: say,
    });
    if (findings === undefined) {
      say('Cette machine n’atteint pas Internet : rien n’a été comparé, rien n’a été écrit.');
      return 2;
    }
    const count = (kind: string): number => findings.filter((one) => one.kind === kind).length;
    const [dead, moved, changed] = [count('dead'), count('moved'), count('changed')];
    say(`${dead} mortes, ${moved} déplacées, ${changed} changées, ${count('wall')} à ouvrir à la main`);
    say(join(out, 'index.html'));
    return dead + moved + changed === 0 ? 0 : 1;
  } finally {
    await shell.close();
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

process.exit(await main());
