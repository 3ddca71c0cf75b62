import { describe, expect, it } from 'vitest';
import { createScanQueue } from '../../../main/devices/scan-queue.ts';
import type { ScanEvent } from '../../../main/devices/scanner.ts';

const page = (number: number): ScanEvent => ({
  kind: 'page',
  page: { number, dpi: 75, image: { format: 'raw', width: 1, height: 1, channels: 1, bytes: new Uint8Array(1) } },
});
const isDone = async (promise: Promise<void>): Promise<boolean> => {
  let done = false;
  void promise.then(() => (done = true));
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

describe('a scan that is read more slowly than it comes', () => {
  it('has room until a page waits, and again once it is taken', async () => {
    const queue = createScanQueue();
    const events = queue.drain();
    queue.push({ kind: 'progress', page: 1, fraction: 0.5 });
    expect(await isDone(queue.room())).toBe(true);
    queue.push(page(1));
    const room = queue.room();
    await events.next();
    expect(await isDone(room)).toBe(false);
    await events.next();
    expect(await isDone(room)).toBe(true);
  });

  it('lets nobody wait for a reader that has left', async () => {
    const queue = createScanQueue();
    const events = queue.drain();
    queue.push(page(1));
    queue.push(page(2));
    await events.next();
    const room = queue.room();
    expect(await isDone(room)).toBe(false);
    await events.return(undefined);
    expect(await isDone(room)).toBe(true);
  });
});
