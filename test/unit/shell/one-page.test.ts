/** The windows that a browser reports, and which of them may be kept. */
import { expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { restrictToOnePage } from '../../../main/shell/chromium/one-page.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const FIRST = 'first';

const openBrowser = async () => {
  const asked: string[] = [];
  const closed: string[] = [];
  const listeners = new Map<string, (params: never) => void>();
  const root = {
    send: async (command: string, params: { readonly targetId?: string }) => {
      if (command === 'Target.closeTarget') closed.push(params.targetId ?? '');
      return { windowId: 1 };
    },
    on: (event: string, listener: (params: never) => void) => void listeners.set(event, listener),
    child: () => root,
  } as unknown as CdpSession;
  const attach = (targetId: string, more: object = {}): void =>
    listeners.get('Target.attachedToTarget')?.({
      targetInfo: { targetId, type: 'page', url: '', canAccessOpener: false, ...more },
      sessionId: targetId,
      waitingForDebugger: true,
    } as never);
  const opening = restrictToOnePage({
    clock: createManualClock(),
    root,
    keepBeside: async ({ targetId }) => {
      asked.push(targetId);
      return true;
    },
    onIntruder: () => undefined,
    onGone: () => undefined,
  });
  attach(FIRST);
  const page = await opening;
  return { page, attach, asked, closed };
};

it('keeps a window that a page opened, also with noopener', async () => {
  const { page, attach, asked, closed } = await openBrowser();
  attach('opened', { openerId: FIRST });
  expect(await page.isIntruder('opened')).toBe(false);
  expect([asked, closed]).toEqual([['opened'], []]);
});

it('closes a window of the browser itself, as after a middle click, and takes no request of a page for it', async () => {
  const { page, attach, asked, closed } = await openBrowser();
  attach('browser’s');
  expect(await page.isIntruder('browser’s')).toBe(true);
  await new Promise(setImmediate);
  expect([asked, closed]).toEqual([[], ['browser’s']]);
});
