import { describe, expect, it } from 'vitest';
import { LaterScreens } from '../../../renderer/app/later-screens-state.svelte.ts';

type Parts = NonNullable<LaterScreens['parts']>;
const parts = { slots: { everywhere: [] } } as unknown as Parts;

describe('the screens that are loaded after the first', () => {
  it('are unavailable until they are loaded, then all available at once', async () => {
    const later = new LaterScreens(async () => parts);
    expect(later.loaded).toBe(false);
    expect(later.parts).toBeUndefined();
    expect(() => later.slots).toThrow('before it was read');
    await later.read();
    expect(later.loaded).toBe(true);
    expect(later.parts).toBe(parts);
    expect(later.slots).toBe(parts.slots);
  });

  it('are loaded once, however often they are requested', async () => {
    let reads = 0;
    const later = new LaterScreens(async () => {
      reads += 1;
      return parts;
    });
    await later.read();
    await later.read();
    expect(reads).toBe(1);
  });

  it('that fail to load show the fault screen, and its button loads them again', async () => {
    let broken = true;
    const later = new LaterScreens(async () => {
      if (broken) throw new Error('the file is gone');
      return parts;
    });
    await later.read();
    expect(() => later.parts).toThrow('the file is gone');
    broken = false;
    await later.read();
    expect(later.parts).toBe(parts);
  });

  it('are loaded after the first frame, and not after cancellation', () => {
    const asked: { run: () => void; delayMs: number | undefined }[] = [];
    const cleared: unknown[] = [];
    const timers = {
      setTimeout: (run: () => void, delayMs?: number) => asked.push({ run, delayMs }),
      clearTimeout: (id: unknown) => void cleared.push(id),
    } as unknown as Pick<Window, 'setTimeout' | 'clearTimeout'>;
    const giveUp = new LaterScreens(async () => parts).loadSoon(timers);
    expect(asked[0]?.delayMs).toBeGreaterThan(16);
    giveUp();
    expect(cleared).toEqual([1]);
  });
});
