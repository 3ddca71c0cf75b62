/** The system refuses to start a program: Node then throws, for too long an argument as for too little memory. */
import { expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { decoderProcesses } from '../../../main/platform/decoders/process.ts';
import { follow } from '../../../main/platform/follow.ts';
import type { Run } from '../../../main/platform/run.ts';
import { startSupervised } from '../../../main/platform/supervised-process.ts';

const TOO_LONG = 'x'.repeat(200_000); // more than the kernel takes in one argument
const noWalls: Run = async (program) => fail({ kind: 'missing', program });

const endOfDecoder = (script: URL, run: Run): Promise<unknown> =>
  new Promise((resolve) => {
    const start = decoderProcesses({ clock: systemClock, run })(script);
    start({ maxHeapMb: 64, onMessage: () => undefined, onExit: (end) => resolve(end ?? 'died') });
  });

it('a followed program ends after the caller has what stops it', async () => {
  let returned = false;
  const ended = new Promise<boolean>((resolve) => {
    const heard = { onOutput: () => undefined, onEnded: () => resolve(returned) };
    follow('echo', [TOO_LONG], heard);
    returned = true;
  });
  expect(await ended).toBe(true);
});

it('a followed program that was stopped at once reports nothing', async () => {
  let ended = false;
  follow('echo', [TOO_LONG], { onOutput: () => undefined, onEnded: () => (ended = true) })();
  await new Promise(setImmediate);
  expect(ended).toBe(false);
});

it('a decoder is gone, and can be stopped', async () => {
  expect(await endOfDecoder(new URL(`file:///${TOO_LONG}`), noWalls)).toBe('died');
  const start = decoderProcesses({ clock: systemClock, run: noWalls })(new URL(`file:///${TOO_LONG}`));
  await start({ maxHeapMb: 64, onMessage: () => undefined, onExit: () => undefined }).stop();
});

it('a decoder whose sandbox could not be probed is gone, and it is probed again for the next one', async () => {
  let probes = 0;
  const run: Run = async () => {
    probes += 1;
    if (probes === 1) throw new Error('no space left on the disk');
    return ok({ stdout: Buffer.alloc(0), stderr: '' });
  };
  const start = decoderProcesses({ clock: systemClock, run })(new URL(`file:///${TOO_LONG}`));
  const end = (): Promise<unknown> =>
    new Promise((resolve) => {
      start({ maxHeapMb: 64, onMessage: () => undefined, onExit: (why) => resolve(why ?? 'died') });
    });
  expect(await end()).toBe('died');
  const probed = probes;
  expect(await end()).toBe('died');
  expect(probes).toBeGreaterThan(probed);
});

it('a supervised program ends like one that dies', async () => {
  const child = startSupervised([process.execPath, TOO_LONG]);
  child.signal('SIGTERM');
  child.stop();
  child.kill();
  expect(await new Promise((resolve) => child.onExit(resolve))).toEqual({ code: null, signal: null });
});
