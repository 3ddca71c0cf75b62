/** Every way in which a session can end, well or badly. Each leads to an accueil that welcomes the next person. */
import { randomInt } from 'node:crypto';
import { onScreens } from '../e2e/pages/selectors.ts';
import { until } from '../harness/until.ts';
import type { KioskRun } from './kiosk-run.ts';
import { listenToScreens } from './told.ts';
import type { Volumes } from './volumes.ts';

export interface EndingStage {
  readonly kiosk: KioskRun;
  readonly volumes: Volumes;
  /** Keeps a picture of the disk for the search. */
  readonly keepDisk: (bytes: Buffer) => void;
}

export interface Ending {
  readonly name: string;
  /** Begins while the session still goes on; `planting` settles when its last canary is planted. */
  readonly end: (stage: EndingStage, planting: Promise<void>) => Promise<void>;
}

const leave = async ({ kiosk }: EndingStage): Promise<void> => {
  const see = onScreens(await kiosk.screens());
  await see.finished.click();
  await see.yesLeave.click();
};

const signal = (pids: readonly number[], name: NodeJS.Signals): void => {
  if (pids.length === 0 || pids.some((pid) => pid <= 0)) throw new Error('there is no such process to end');
  for (const pid of pids) process.kill(pid, name);
};

/** Browsers of sites in the order they were started: the démarche's, the mailbox's, the one kept warm. */
const mailboxPid = ({ kiosk }: EndingStage): number => {
  const [, mailbox] = [...kiosk.browserPids('guest')].sort((one, other) => one - other);
  if (mailbox === undefined) throw new Error('there is no second browser of a site');
  return mailbox;
};

const after =
  (what: (stage: EndingStage) => Promise<void>): Ending['end'] =>
  async (stage, planting) => {
    await planting;
    await what(stage);
  };

/** The whole machine stops: what had reached the disk is all that is left of it. */
const pullThePlug = async ({ kiosk, volumes, keepDisk }: EndingStage, sync: boolean): Promise<void> => {
  const disk = volumes.rawDisk(sync);
  keepDisk(disk);
  await kiosk.killAll();
  volumes.powerCut(disk);
  kiosk.restart();
};

export const endings: readonly Ending[] = [
  { name: 'the button', end: after(leave) },
  {
    name: 'nobody touches anything',
    end: after(async ({ kiosk }) => {
      await onScreens(await kiosk.screens()).stillHere.waitFor({ timeout: 60_000 });
    }),
  },
  {
    name: 'kill -9 of the site’s browser, then the button',
    end: after(async (stage) => {
      signal(stage.kiosk.browserPids('guest'), 'SIGKILL');
      await leave(stage);
    }),
  },
  {
    name: 'a site’s browser that refuses to die (stopped), then the button',
    end: after(async (stage) => {
      signal(stage.kiosk.browserPids('guest'), 'SIGSTOP');
      await leave(stage);
    }),
  },
  {
    name: 'kill -9 of the mailbox’s browser alone, then the button',
    end: after(async (stage) => {
      signal([mailboxPid(stage)], 'SIGKILL');
      await leave(stage);
    }),
  },
  {
    name: 'the mailbox in sight, its browser stopped, then the button',
    end: after(async (stage) => {
      const told = await listenToScreens(await stage.kiosk.screens());
      await told.ask('browsing', 'front', { demarche: 'boite' });
      signal([mailboxPid(stage)], 'SIGSTOP');
      await leave(stage);
    }),
  },
  {
    name: 'kill -9 of our own screens',
    end: after(async ({ kiosk }) => signal(kiosk.browserPids('kiosk'), 'SIGKILL')),
  },
  { name: 'kill -9 of the main process', end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGKILL')) },
  {
    name: 'a main process that hangs (stopped)',
    end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGSTOP')),
  },
  { name: 'a main process in an endless loop', end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGUSR2')) },
  {
    name: 'the kiosk asked to end (SIGTERM), then started',
    end: after(async ({ kiosk }) => {
      signal([kiosk.watcherPid()], 'SIGTERM');
      await until('its end', () => !kiosk.running(), 20_000);
      kiosk.restart();
    }),
  },
  {
    name: 'kill -9 of the watcher, then started',
    end: after(async ({ kiosk }) => {
      signal([kiosk.watcherPid()], 'SIGKILL');
      await until('the end of all of it', () => kiosk.pids().length === 0, 30_000);
      kiosk.restart();
    }),
  },
  {
    name: 'kill -9 of main in the middle of the wipe',
    end: after(async (stage) => {
      await leave(stage);
      signal([stage.kiosk.mainPid()], 'SIGKILL');
    }),
  },
  { name: 'a power cut, all of it on the disk', end: after((stage) => pullThePlug(stage, true)) },
  {
    name: 'a power cut at a random moment',
    async end(stage, planting) {
      planting.catch(() => undefined); // cut short, as it is meant to be
      await new Promise((resolve) => setTimeout(resolve, randomInt(500, 8_000)));
      await pullThePlug(stage, false);
    },
  },
];
