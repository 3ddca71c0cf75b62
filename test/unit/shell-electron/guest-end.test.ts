/** After a visit: Electron keeps its context, with our handlers, until the program ends. */
import { expect, it } from 'vitest';
import { openKiosk, policy } from './fake-kiosk.ts';
import type { GuestPolicy } from '../../../main/shell/port.ts';

it('the context of an ended visit neither calls its policy nor emits its events', async () => {
  const kiosk = await openKiosk();
  const policyCalls: string[] = [];
  const emitted: string[] = [];
  const watched: GuestPolicy = {
    decide(request) {
      policyCalls.push(request.url);
      return policy.decide(request);
    },
    pinsFor(host) {
      policyCalls.push(host);
      return [];
    },
  };
  const guest = await kiosk.shell.openGuest({
    policy: watched,
    on: ({ kind }) => void emitted.push(kind),
  });
  const session = kiosk.fake.sessions.get(guest.id);
  const page = kiosk.fake.views.at(-1)?.page;
  expect(await session?.request('https://caf.test/')).toBe(true);
  await session?.certificateVerdict('caf.test', { data: '' });
  expect(policyCalls).toEqual(['https://caf.test/', 'caf.test']);
  await guest.close();
  policyCalls.length = emitted.length = 0;
  expect(await session?.request('https://caf.test/')).toBe(false);
  await session?.certificateVerdict('caf.test', { data: '' });
  await guest.navigate('https://caf.test/');
  page?.fireWith('render-process-gone', {}, { reason: 'crashed' });
  expect([policyCalls, emitted]).toEqual([[], []]);
});
