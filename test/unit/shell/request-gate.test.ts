/** The gate of a guest on a fake browser: what it decides about a host whose keys are pinned. */
import { expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { openRequestGate } from '../../../main/shell/guest/request-gate.ts';

const URL_OF_PAGE = 'https://caisse.test/';

/** What becomes of a page whose host presents these keys; undefined: it does not answer. */
const request = async (keys: readonly string[] | undefined): Promise<readonly string[]> => {
  const done: string[] = [];
  let pause: (paused: object) => void = () => undefined;
  const session = {
    send: async (command: string) => void done.push(command),
    on: (event: string, listener: (paused: object) => void) => {
      if (event === 'Fetch.requestPaused') pause = listener;
      return () => undefined;
    },
  } as unknown as CdpSession;
  await openRequestGate({
    session,
    policy: { decide: () => ({ allow: true }), pinsFor: () => ['right'] },
    isMainFrame: () => true,
    isIntruder: async () => false,
    resolve: async () => ['1.2.3.4'],
    keysOf: async () => keys,
    onBlocked: (_request, { reason }) => void done.push(reason),
    onFault: () => undefined,
    onAsked: () => void done.push('asked'),
  });
  done.length = 0;
  pause({ requestId: '1', frameId: 'main', request: { url: URL_OF_PAGE, method: 'GET' } });
  await new Promise(setImmediate);
  return done;
};

it('refuses a page whose host has another key than the pinned one', async () => {
  expect(await request(['wrong'])).toEqual(['certificate', 'Fetch.failRequest']);
  expect(await request(['right'])).toEqual(['asked', 'Fetch.continueRequest']);
});

it('leaves a host that does not answer to the egress, which knows why it can’t be reached', async () => {
  expect(await request(undefined)).toEqual(['asked', 'Fetch.continueRequest']);
});
