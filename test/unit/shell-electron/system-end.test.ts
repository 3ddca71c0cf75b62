/** Windows shuts down while the kiosk runs: no signal, no `quit`, and no time for asynchronous work. */
import { expect, it } from 'vitest';
import { openKiosk, openVisit } from './fake-kiosk.ts';

it('removes the download folders of all guests, then calls the listener, before the program is ended', async () => {
  const kiosk = await openKiosk();
  const { guest } = await openVisit(kiosk);
  await kiosk.shell.warmUp();
  const warm = [...kiosk.fake.sessions.keys()].at(-1);
  let removedBefore = 0;
  kiosk.shell.onSystemEnd?.(() => (removedBefore = kiosk.removedNow.length));
  kiosk.window.endSession();
  expect(kiosk.removedNow).toEqual([guest.id, warm].map((id) => `/memory/pn-download-${id}`));
  expect(removedBefore).toBe(2);
});

it('does nothing without a listener', async () => {
  const kiosk = await openKiosk();
  kiosk.window.endSession();
  expect(kiosk.removedNow).toEqual([]); // there was no guest
});
