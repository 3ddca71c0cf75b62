/** A page outside the journey that arrived unjudged: it asks nothing, and is left in two seconds or the guest ends. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { GuestWindow } from '../../../main/shell/chromium/guest-window.ts';
import { trackStrayPages, type StrayPages } from '../../../main/shell/chromium/stray-pages.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let done: string[];
let strays: StrayPages;
let open: Set<GuestWindow>;
/** The history is too large to be read. */
let refuses: boolean;

const window = (name: string): GuestWindow => {
  const page = {
    answerDialog: async (id: string, accept: boolean) => {
      done.push(`${name} ${id} ${accept}`);
      throw new Error('the page has been left');
    },
  };
  const made = { targetId: name, page } as unknown as GuestWindow;
  open.add(made);
  return made;
};
const dialog = (type: 'alert' | 'beforeunload'): GuestEvent => ({
  kind: 'dialog',
  id: type,
  type,
  message: 'Gagné',
  defaultText: '',
});

beforeEach(() => {
  clock = createManualClock();
  [done, open, refuses] = [[], new Set(), false];
  strays = trackStrayPages({
    clock,
    goBack: async ({ targetId }) => {
      done.push(`back ${targetId}`);
      if (refuses) throw new Error('Page.getNavigationHistory: the answer is too large');
    },
    isOpen: (one) => open.has(one),
    onChange: () => void done.push('look'),
    onStuck: () => void done.push('stuck'),
  });
});

describe('a page outside the journey that arrived', () => {
  it('is reported once, must not be seen until a page of the journey has arrived, and then nothing happens', async () => {
    const site = window('A');
    expect(strays.arrived(site)).toBe(true);
    expect([strays.has(site), strays.any()]).toEqual([true, true]);
    await clock.advance(1_900);
    strays.left(site);
    expect([strays.has(site), strays.any()]).toEqual([false, false]);
    await clock.advance(10_000);
    expect(done).toEqual(['look', 'back A', 'look']);
  });

  it.each([
    ['the browser refuses the step back', true],
    ['the page before it does not come', false],
  ])('ends the guest after two seconds when %s', async (_, refused) => {
    refuses = refused;
    const site = window('A');
    strays.arrived(site);
    await clock.advance(1_999);
    expect(done).toEqual(['look', 'back A']);
    await clock.advance(1);
    expect(done).toEqual(['look', 'back A', 'stuck']);
    expect(strays.has(site)).toBe(true);
  });

  it('that changes its own address gets no more time, and is stepped back from again', async () => {
    const site = window('A');
    strays.arrived(site);
    await clock.advance(1_500);
    expect(strays.arrived(site)).toBe(false);
    await clock.advance(500);
    expect(done).toEqual(['look', 'back A', 'back A', 'stuck']);
  });

  it('in a window that closed ends nothing, and forbids nothing', async () => {
    const popup = window('B');
    strays.arrived(popup);
    open.delete(popup);
    expect(strays.any()).toBe(false);
    await clock.advance(10_000);
    expect(done).not.toContain('stuck');
  });

  it('asks the person for nothing, and its dialogs are answered so that it can be left', () => {
    const [site, other] = [window('A'), window('B')];
    const asks: readonly GuestEvent[] = [
      dialog('alert'),
      dialog('beforeunload'),
      { kind: 'file-wanted', request: { id: 'f', accept: '', multiple: false } },
      { kind: 'contact-wanted', contact: { by: 'phone', to: '0890' } },
      { kind: 'program-wanted' },
      { kind: 'written' },
    ];
    expect(asks.map((one) => strays.mayTell(site, one))).not.toContain(false);
    strays.arrived(site);
    done = [];
    expect(asks.map((one) => strays.mayTell(site, one))).not.toContain(true);
    expect(done).toEqual(['A alert false', 'A beforeunload true']);
    expect(asks.map((one) => strays.mayTell(other, one))).not.toContain(false);
    expect(strays.mayTell(site, { kind: 'sending', sending: false })).toBe(true);
  });
});
