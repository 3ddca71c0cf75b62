/** The fake, and the udisks adapter with folders in place of mounted keys. The real udisks is an integration test. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../../main/contract/result.ts';
import type { BlockDevice } from '../../../main/devices/udisks/block-devices.ts';
import { createUdisksKeys } from '../../../main/devices/udisks/udisks-keys.ts';
import { judgeKeyFile } from '../../../main/features/documents/judge-key-file.ts';
import { systemFiles, type Files } from '../../../main/platform/files.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryKeys } from '../../fakes/memory-keys.ts';
import { holdFolder, keyDevice } from '../../harness/machines/key-device.ts';
import { usbKeysSuite } from './suite.ts';

usbKeysSuite('the fake', async () => {
  const { keys, controller } = createMemoryKeys();
  let plugged = 0;
  /** `watch` answers after the call. */
  const noticed = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    keys,
    async plugIn(files = {}, { readOnly = false, room, leftMounted = false } = {}) {
      const id = `key-${(plugged += 1)}`;
      const content = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
      await noticed();
      controller.plugIn(id, {
        files: content,
        readOnly,
        leftMounted,
        ...(room === undefined ? {} : { room: content.size + room }),
      });
      await noticed();
      return id;
    },
    async pullOut(id) {
      controller.pullOut(id);
      await noticed();
    },
    filesOn: (id) => [...controller.filesOn(id)].sort(),
    stop: async () => undefined,
  };
});

usbKeysSuite('udisks', async () => {
  const top = mkdtempSync(join(tmpdir(), 'pn-keys-'));
  const clock = createManualClock();
  let devices: readonly BlockDevice[] = [];
  let plugged = 0;
  const events = new Set<() => void>();
  const rooms = new Map<string, number>();
  const change = (id: string, facts: Partial<BlockDevice>): void => {
    devices = devices.map((one) => (one.id === id ? { ...one, ...facts } : one));
  };
  const folderOf = (id: string): string => join(top, id);
  const files: Files = {
    ...systemFiles,
    async writeAtomic(path, ...more) {
      const room = rooms.get(dirname(path)) ?? Infinity;
      if (room === 0) return fail({ kind: 'full', path, code: 'ENOSPC' });
      rooms.set(dirname(path), room - 1);
      return systemFiles.writeAtomic(path, ...more);
    },
  };
  const keys = createUdisksKeys({
    run: async (_program, _args, { signal }) =>
      signal?.aborted ? fail({ kind: 'aborted' }) : ok({ stdout: Buffer.alloc(0), stderr: '' }),
    files,
    clock,
    follow(_program, _args, { onOutput }) {
      events.add(onOutput);
      return () => void events.delete(onOutput);
    },
    judge: judgeKeyFile,
    listDevices: async () => devices,
    mounting: {
      async mount({ id }) {
        change(id, { mountedAt: `/media/kiosk/${id}` });
        return ok(folderOf(id));
      },
      hold: holdFolder,
      async unmount({ id }) {
        change(id, { mountedAt: undefined });
        return devices.some((one) => one.id === id);
      },
    },
  });
  const noticed = async (): Promise<void> => {
    for (const tell of events) tell();
    await clock.advance(200);
    await clock.advance(200);
  };
  return {
    keys,
    async plugIn(content = {}, { readOnly = false, room, leftMounted = false } = {}) {
      const id = `key-${(plugged += 1)}`;
      for (const [path, text] of Object.entries(content)) {
        mkdirSync(dirname(join(folderOf(id), path)), { recursive: true });
        writeFileSync(join(folderOf(id), path), text);
      }
      mkdirSync(folderOf(id), { recursive: true });
      if (room !== undefined) rooms.set(folderOf(id), room);
      await noticed();
      const device = keyDevice({ id, path: `/dev/${id}`, disk: `/dev/${id}`, readOnly });
      devices = [...devices, leftMounted ? { ...device, mountedAt: `/media/kiosk/${id}` } : device];
      await noticed();
      return id;
    },
    async pullOut(id) {
      devices = devices.filter((one) => one.id !== id);
      renameSync(folderOf(id), `${folderOf(id)}-out`);
      await noticed();
    },
    filesOn: (id) => readdirSync(folderOf(id)).sort(),
    stop: async () => rmSync(top, { recursive: true, force: true }),
  };
});
