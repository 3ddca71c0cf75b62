/** « Mon code » goes with its person, also when the only site that they opened did not open. */
import { expect, it, vi } from 'vitest';
import { browsingOfPerson } from '../../fakes/browsing-person.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryShell } from '../../fakes/memory-shell.ts';
import { quietKiosk } from '../../fakes/quiet-kiosk.ts';
import { load } from '../config/folder.ts';

it('publishes no note after the wipe', async () => {
  const { shell } = createMemoryShell();
  const config = await load();
  if (!config.ok) throw new Error('the configuration of the tests is wrong');
  const browser = Promise.withResolvers<never>();
  let note = '';
  const browsing = browsingOfPerson({
    ...quietKiosk,
    logger: { log: () => undefined },
    clock: createManualClock(),
    shell: { ...shell, openGuest: () => browser.promise },
    config: config.value,
    publish: (state) => void (note = state.note),
  });
  const opened = browsing.handlers.open({ demarche: 'caf-rsa' });
  await vi.waitFor(async () => expect(await browsing.handlers.note({ text: '482913' })).toMatchObject({ ok: true }));
  browser.reject(new Error('no browser'));
  expect(await opened).toMatchObject({ ok: false });
  await browsing.wipe.wipe();
  expect(note).toBe('');
});
