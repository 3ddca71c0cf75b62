import { expect, it } from 'vitest';
import { sweepHeap } from '../../../main/platform/sweep-heap.ts';

it('what nobody holds any more is gone when the sweep is over, each time', async () => {
  for (let session = 0; session < 3; session += 1) {
    const left = new WeakRef({ name: 'somebody' });
    // Held until the end of the turn in which it was made.
    await new Promise((resolve) => setImmediate(resolve));
    await sweepHeap();
    expect(left.deref()).toBeUndefined();
  }
});
