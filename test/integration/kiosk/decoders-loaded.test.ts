/** When the decoders of a whole kiosk are started: before what they open is there, and never between two sessions. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { treeUse } from '../../../main/platform/process-tree.ts';
import { deriveConfig, type DerivedConfig } from '../../harness/machines/derive-config.ts';
import { startUsbPort, type UsbPort } from '../../harness/machines/usb-port.ts';
import { runWithoutBrowser, type ScreensController } from '../../harness/screens-controller.ts';
import { until } from '../../harness/until.ts';

let port: UsbPort | undefined;
let config: DerivedConfig;
let kiosk: ScreensController;
beforeAll(async () => {
  port = startUsbPort();
  config = deriveConfig({ usbKeys: port !== undefined });
  kiosk = await runWithoutBrowser({ config: config.dir });
  // The in-memory screens report that they are drawn only on a reload. After that the kiosk looks for its machines.
  await kiosk.kiosk.reloadScreens();
  await until('the scanner', () => kiosk.state('scanning').scanner.kind === 'ready');
  await kiosk.begin();
  await kiosk.leave(); // with the decoder that was loaded when the kiosk started
});
afterAll(async () => {
  await kiosk?.stop();
  port?.stop();
  config?.remove();
});
afterEach(async () => {
  await kiosk.leave();
  expect(decoders()).toEqual([]);
});

/** Those of this process, not of a test beside it. */
const decoders = (): readonly string[] =>
  treeUse(process.pid)
    .pids.flatMap((pid) => {
      try {
        return /(\w+)-decoder\.[jt]s/.exec(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.[1] ?? [];
      } catch {
        return []; // it has ended
      }
    })
    .toSorted();
const loaded = (...names: readonly string[]): Promise<true> =>
  until(
    () => `${names.join()} rather than ${decoders().join()}`,
    () => names.every((name) => decoders().includes(name)) || undefined,
  );

it('a download that begins loads the document decoder', async () => {
  await kiosk.begin();
  await kiosk.client.browsing.place({ rect: { x: 0, y: 0, width: 800, height: 600 } });
  await kiosk.client.browsing.open({ demarche: 'demo-aide-logement' });
  await until('the site', () => kiosk.state('browsing').visit?.cover.kind === 'site');
  expect(decoders()).not.toContain('document');
  kiosk.guests.at(-1)?.tell({ kind: 'download-started', suggestedName: 'attestation.pdf' });
  await loaded('document');
});

it('a paper loads the page decoder when it is chosen, and the document decoder when it is scanned', async () => {
  await kiosk.begin();
  await kiosk.client.scanning.begin({ mode: 'single' });
  await loaded('page');
  expect(decoders()).not.toContain('document');
  await kiosk.client.scanning.scan({});
  await loaded('document');
});

it('a USB key loads the document decoder', async (test) => {
  if (!port) return test.skip('this system cannot mount images');
  await port.rescanned();
  await kiosk.begin();
  port.plugIn({ 'Lettre.txt': Buffer.from('Bonjour') });
  await until('the key', () => kiosk.state('documents').key.kind === 'ready');
  await loaded('document');
});

it('a session loads the PDF decoder by itself', async () => {
  await kiosk.begin();
  await loaded('pdf');
});
