/** The network process dies while guests are open (`FakeElectron.loseNetwork`). */
import { expect, it } from 'vitest';
import { openKiosk, openVisit } from './fake-kiosk.ts';

it('ends the visits: their sign-ins are lost, and certificates would no longer be checked', async () => {
  const kiosk = await openKiosk();
  const visit = await openVisit(kiosk);
  kiosk.fake.loseNetwork();
  expect(visit.events).toEqual([{ kind: 'crashed' }]);
  expect(visit.page.calls).toContain('crash');
  await visit.guest.close();
  expect(await kiosk.shell.leftovers()).toEqual([]);
});

it('disables Chromium’s own name resolution again', async () => {
  const kiosk = await openKiosk();
  const resolver = kiosk.fake.app.hostResolver;
  kiosk.fake.loseNetwork();
  expect(kiosk.fake.app.hostResolver).toEqual(resolver);
  expect(resolver).toMatchObject({ secureDnsMode: 'secure' });
});

it('replaces a warm guest, or one that was being created', async () => {
  const kiosk = await openKiosk();
  await kiosk.shell.warmUp();
  const warmPage = kiosk.fake.views.at(-1)?.page;
  kiosk.fake.loseNetwork();
  const first = await openVisit(kiosk);
  expect(first.page).not.toBe(warmPage);
  await expect(first.session.certificateVerdict('caf.test', { data: '' })).resolves.toBe(-3);

  const opening = openVisit(kiosk);
  await Promise.resolve();
  kiosk.fake.loseNetwork();
  const second = await opening;
  await expect(second.session.certificateVerdict('caf.test', { data: '' })).resolves.toBe(-3);
  expect(second.events).toEqual([]);
});

it('is logged once, and leaves a closed guest alone', async () => {
  const kiosk = await openKiosk();
  const visit = await openVisit(kiosk);
  await visit.guest.close();
  kiosk.fake.loseNetwork();
  expect(visit.events).toEqual([]);
  expect(kiosk.log.filter((event) => event === 'shell.browser-died')).toHaveLength(1);
});
