import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startSupervised } from '../../../main/platform/supervised-process.ts';

const SCRIPT = `
const { readFileSync, writeFileSync } = require('node:fs');
const [, given] = /NODE_CHANNEL_FD=(\\d+)/.exec(readFileSync('/proc/self/environ', 'latin1'));
writeFileSync(process.argv[1], given);
process.send('beat');
process.once('disconnect', () => process.exit(0));
`;

it.runIf(process.platform === 'linux')(
  'keeps free the descriptors that Chromium passes to its own processes, and still receives messages',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-channel-'));
    const countFile = join(folder, 'count');
    try {
      const child = startSupervised([process.execPath, '-e', SCRIPT, countFile]);
      const ended = new Promise((resolve) => child.onExit(resolve));
      await new Promise<void>((resolve) => child.onBeat(resolve));
      child.stop();
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(Number(readFileSync(countFile, 'utf8'))).toBeGreaterThan(8);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

const SHOWN_LATE = `
import { sendHeartbeats, tellShown } from ${JSON.stringify(new URL('../../../main/platform/supervised-process.ts', import.meta.url).href)};
sendHeartbeats(() => {
  tellShown();
  setTimeout(() => process.exit(3), 100);
});
`;

it('shuts down cleanly when asked to before its first screen is shown', async () => {
  const child = startSupervised([process.execPath, '--input-type=module', '-e', SHOWN_LATE]);
  const ended = new Promise((resolve) => child.onExit(resolve));
  await new Promise<void>((resolve) => child.onBeat(resolve));
  child.stop();
  expect(await ended).toEqual({ code: 3, signal: null });
});

it('raises the size of Node’s thread pool, so that more host names are resolved in parallel', async () => {
  const child = startSupervised([process.execPath, '-e', 'process.exit(Number(process.env.UV_THREADPOOL_SIZE))']);
  const { code } = await new Promise<{ code: number | null }>((resolve) => child.onExit(resolve));
  expect(code).toBeGreaterThanOrEqual(16);
});
