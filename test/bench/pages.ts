/**
 * Pages with many parts, and large uploads and downloads, alternately in the guest and in plain Chromium: the cost of
 * our locks.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decide } from '../../main/features/browsing/journey-policy.ts';
import { silentLogger } from '../../main/log/logger.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../main/shell/chromium/system-chromium.ts';
import type { Shell } from '../../main/shell/port.ts';
import { startBareChromium } from './bare-chromium.ts';
import { median, ratioRow, type BenchRow } from './bench-row.ts';
import { http1Host, http2Host, type PagesServed, type PageTold } from './pages-server.ts';

const ROUNDS = 5;
const AT_MOST = 1.2;
const WITHIN_MS = 120_000;
const RECT = { x: 0, y: 96, width: 1920, height: 984 } as const;
const JOURNEY = { domains: ['pages-exemple.test'], localHosts: [], frames: [] };

interface Case {
  readonly name: string;
  readonly host: string;
  /** `parts=300`. */
  readonly query: string;
}

const bodies = (sizes: readonly number[], line: string, asked: string): readonly Case[] =>
  sizes.flatMap((size) => [
    { name: `${size} MB body${line}`, host: http2Host, query: `megabytes=${size}${asked}` },
    { name: `${size} MB sent by a script${line}`, host: http2Host, query: `sends=${size}&by=script${asked}` },
    {
      name: `${size} MB made by a script, sent by a form${line}`,
      host: http2Host,
      query: `sends=${size}&by=files${asked}`,
    },
    { name: `${size} MB of text sent by a form${line}`, host: http2Host, query: `sends=${size}&by=text${asked}` },
  ]);

const CASES: readonly Case[] = [
  ...[300, 2_000].flatMap((parts): Case[] => [
    { name: `${parts} parts, HTTP/1.1`, host: http1Host, query: `parts=${parts}` },
    { name: `${parts} parts, HTTP/2`, host: http2Host, query: `parts=${parts}` },
  ]),
  ...bodies([1, 25, 80], '', ''),
  // The loopback is faster than any network, and its two ends share our two cores: it shows what our part costs. This
  // is what a person waits for.
  ...bodies([25], ', 1 Gbit/s', '&line'),
];

interface Server {
  readonly served: PagesServed;
  /** The load time that the page itself reports. */
  told(page: string): Promise<number>;
  stop(): void;
}

const startServer = async (): Promise<Server> => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'pages-server.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const served = await new Promise<PagesServed>((resolve) => child.once('message', resolve));
  return {
    served,
    told: (page) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`the page ${page} never was whole`)), WITHIN_MS);
        const hear = (told: PageTold): void => {
          if (told.page !== page) return;
          clearTimeout(timer);
          child.off('message', hear);
          resolve(told.ms);
        };
        child.on('message', hear);
      }),
    stop: () => void child.kill(),
  };
};

const inGuest = async (shell: Shell, url: string, told: Promise<number>): Promise<number> => {
  const guest = await shell.openGuest({
    policy: { decide: (request) => decide(request, JOURNEY) },
    on: () => undefined,
  });
  try {
    await guest.show(RECT);
    await guest.navigate(url);
    return await told;
  } finally {
    await guest.close();
  }
};

const inPlain = async (
  display: string,
  url: string,
  told: Promise<number>,
  extra: readonly string[],
): Promise<number> => {
  const chromium = startBareChromium(display, url, extra);
  try {
    return await told;
  } finally {
    await chromium.stop();
  }
};

/** `BENCH_PAGES=2000` runs only the cases whose name contains that. */
const chosen = (): readonly Case[] => CASES.filter(({ name }) => name.includes(process.env['BENCH_PAGES'] ?? ''));

export const benchPages = async (): Promise<readonly BenchRow[]> => {
  const server = await startServer();
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  process.env['DISPLAY'] = display.name;
  const folder = mkdtempSync('/dev/shm/pnp-');
  chmodSync(folder, 0o777);
  const { http1Port, http2Port, spki } = server.served;
  const hostRules = `MAP ${http1Host} 127.0.0.1:${http1Port},MAP ${http2Host} 127.0.0.1:${http2Port}`;
  const shell = createSystemChromiumShell({
    clock: systemClock,
    logger: silentLogger,
    folder,
    hostRules,
    trustedSpki: spki,
  });
  const plain = [`--host-resolver-rules=${hostRules}`, `--ignore-certificate-errors-spki-list=${spki}`, '--test-type'];
  let count = 0;
  const rows: BenchRow[] = [];
  try {
    for (const { name, host, query } of chosen()) {
      const ours: number[] = [];
      const bare: number[] = [];
      const next = (): readonly [string, Promise<number>] => {
        const page = String(++count);
        return [`https://${host}/begin?of=${page}&${query}`, server.told(page)];
      };
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await inGuest(shell, ...next()));
        bare.push(await inPlain(display.name, ...next(), plain));
      }
      rows.push(ratioRow(`pages: ${name}, ms`, median(ours), median(bare), AT_MOST));
    }
  } finally {
    await shell.close();
    server.stop();
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
};
