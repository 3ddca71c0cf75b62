/** The gate of a guest on a fake browser: a host whose keys are pinned, and a document in the place of a page. */
import { describe, expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { asDocumentToKeep, openRequestGate } from '../../../main/shell/guest/request-gate.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const URL_OF_PAGE = 'https://caisse.test/';
const AT_ITS_PORT = 'https://caisse.test:8443/';

type Keys = readonly string[] | undefined;

/** What becomes of a page whose host presents these keys; undefined: it does not answer. */
const request = async (keys: Keys | ((port: number) => Keys), url = URL_OF_PAGE): Promise<readonly string[]> => {
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
    clock: createManualClock(),
    session,
    policy: { decide: () => ({ allow: true }), pinsFor: () => ['right'] },
    isMainFrame: () => true,
    isIntruder: async () => false,
    resolve: async () => ['1.2.3.4'],
    keysOf: async (_host, port) => (typeof keys === 'function' ? keys(port) : keys),
    onBlocked: (_request, { reason }) => void done.push(reason),
    onFault: () => undefined,
    onAsked: () => void done.push('asked'),
  });
  done.length = 0;
  pause({ requestId: '1', frameId: 'main', request: { url, method: 'GET' } });
  await new Promise(setImmediate);
  return done;
};

it('refuses a page whose host has another key than the pinned one', async () => {
  expect(await request(['wrong'])).toEqual(['certificate', 'Fetch.failRequest']);
  expect(await request(['right'])).toEqual(['asked', 'Fetch.continueRequest']);
});

it('asks for the keys of the port of the page', async () => {
  const wrongThere = (port: number): Keys => [port === 8443 ? 'wrong' : 'right'];
  expect(await request(wrongThere, AT_ITS_PORT)).toEqual(['certificate', 'Fetch.failRequest']);
  expect(await request(wrongThere)).toEqual(['asked', 'Fetch.continueRequest']);
});

it('leaves a host that does not answer to the egress, which knows why it can’t be reached', async () => {
  expect(await request(undefined)).toEqual(['asked', 'Fetch.continueRequest']);
});

it.each([
  ['', 'attachment'],
  ['inline', 'attachment'],
  ['inline; filename="avis.pdf"', 'attachment; filename="avis.pdf"'],
  ["attachment;filename*=UTF-8''avis.pdf", "attachment; filename*=UTF-8''avis.pdf"],
  ['filename="avis.pdf"', 'attachment; filename="avis.pdf"'],
  ['filename = avis.pdf', 'attachment; filename = avis.pdf'],
  ['inline filename=avis.pdf', 'attachment; filename=avis.pdf'],
])('makes a PDF with the disposition “%s” an attachment of that name', (value, wanted) => {
  const type = { name: 'Content-Type', value: 'application/pdf' };
  const headers = asDocumentToKeep([type, { name: 'Content-Disposition', value }]);
  expect(headers).toEqual([type, { name: 'content-disposition', value: wanted }]);
});

describe('a large form', () => {
  const HERE = 'https://caisse.test/depot';
  /** The patterns that are set when it is about to be sent to this URL. */
  const passing = async (url: string, keys: readonly string[] = ['right'], addresses = ['1.2.3.4']) => {
    const clock = createManualClock();
    const patterns: string[][] = [];
    const session = {
      send: async (_command: string, asked: { readonly patterns: readonly { readonly urlPattern: string }[] }) =>
        void patterns.push(asked.patterns.map(({ urlPattern }) => urlPattern)),
      on: () => () => undefined,
    } as unknown as CdpSession;
    const gate = await openRequestGate({
      clock,
      session,
      policy: {
        decide: ({ url: asked, address }) =>
          new URL(asked).hostname === 'caisse.test' && address !== '10.0.0.1'
            ? { allow: true }
            : { allow: false, reason: 'outside-journey', unlessDocument: true },
        pinsFor: () => ['right'],
      },
      isMainFrame: () => true,
      isIntruder: async () => false,
      resolve: async () => addresses,
      keysOf: async () => keys,
      onBlocked: () => undefined,
      onFault: () => undefined,
      onAsked: () => undefined,
    });
    patterns.length = 0;
    const pass = (to: string): Promise<boolean> => gate.letFormPass(to);
    return { clock, patterns, pass, passes: await pass(url) };
  };

  it('passes to an origin of the journey for one second', async () => {
    const { clock, patterns, passes } = await passing(HERE);
    expect(passes).toBe(true);
    expect(patterns[0]).not.toContain('*');
    await clock.advance(999);
    expect(patterns).toHaveLength(1);
    await clock.advance(1);
    expect(patterns[1]).toEqual(['*', '*']);
  });

  it('sets the patterns once, though Chromium reports each form twice', async () => {
    const { patterns, pass } = await passing(HERE);
    expect(await pass(HERE)).toBe(true);
    expect(patterns).toHaveLength(1);
  });

  it('is paused if its origin is not of the journey, leads into the local network, or has another key', async () => {
    for (const refused of [
      await passing('https://ailleurs.test/depot.pdf'),
      await passing(HERE, ['right'], ['1.2.3.4', '10.0.0.1']),
      await passing(HERE, ['wrong']),
    ]) {
      expect(refused.passes).toBe(false);
      expect(refused.patterns).toEqual([]);
    }
  });

  it('is followed by another one elsewhere: only that one passes', async () => {
    const { patterns, pass } = await passing(HERE);
    await pass('https://caisse.test:8443/depot');
    expect(patterns[1]).toContain('https://caisse.test/*');
  });
});
