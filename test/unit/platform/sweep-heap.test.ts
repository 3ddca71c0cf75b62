import { expect, it } from 'vitest';
import { sweepHeap } from '../../../main/platform/sweep-heap.ts';

it('unreferenced objects are collected when the sweep ends, each time', async () => {
  for (let session = 0; session < 3; session += 1) {
    const left = new WeakRef({ name: 'somebody' });
    // A WeakRef keeps its target alive until the end of the current event-loop turn.
    await new Promise((resolve) => setImmediate(resolve));
    await sweepHeap();
    expect(left.deref()).toBeUndefined();
  }
});
