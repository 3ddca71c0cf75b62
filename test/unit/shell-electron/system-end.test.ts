/** Windows goes down under the kiosk: no signal, no `quit`, and no time. */
import { expect, it } from 'vitest';
import { openKiosk, openVisit } from './fake-kiosk.ts';

it('drops what lies on the disk before the program is ended, the download folders of every guest first', async () => {
  const kiosk = await openKiosk();
  const { guest } = await openVisit(kiosk);
  await kiosk.shell.warmUp();
  const warm = [...kiosk.fake.sessions.keys()].at(-1);
  let told = 0;
  kiosk.shell.onSystemEnd?.(() => (told = kiosk.removedNow.length));
  kiosk.window.endSession();
  expect(kiosk.removedNow).toEqual([guest.id, warm].map((id) => `/memory/pn-download-${id}`));
  expect(told).toBe(2);
});

it('says so to nobody where nobody asked', async () => {
  const kiosk = await openKiosk();
  kiosk.window.endSession();
  expect(kiosk.removedNow).toEqual([]); // there was no guest
});
