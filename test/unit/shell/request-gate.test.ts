/** The gate of a guest on a fake browser: a host whose keys are pinned, and a document in the place of a page. */
import { expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { asDocumentToKeep, openRequestGate } from '../../../main/shell/guest/request-gate.ts';

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
