/** A person's USB key at the kiosk: seen, read, written, and what goes wrong with it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { startUsbPort, type UsbPort } from '../harness/machines/usb-port.ts';
import { picture } from '../harness/pictures.ts';
import { samplePdf } from '../harness/printing/sample-pdf.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, type Person } from './pages/person.ts';

const port: UsbPort | undefined = startUsbPort();
if (!port) console.warn('SKIPPED: a USB key at the kiosk: this system cannot mount images');

describe.skipIf(!port)('a USB key at the kiosk', () => {
  const usb = port!;
  let kiosk: RunningKiosk;
  let config: DerivedConfig;
  let person: Person;
  let cv: Uint8Array;
  beforeAll(async () => {
    cv = await samplePdf(1);
    config = deriveConfig({ usbKeys: true });
    kiosk = await runKiosk({ configDir: config.dir });
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
    usb.stop();
  });
  beforeEach(async () => {
    await person.beginAfresh();
    await person.tray.mine.click();
  });
  afterEach(async () => {
    usb.pullOut();
    await usb.looked();
  });

  const key = () => person.tray.key();
  /** A document of the key, copied into the tray and opened. */
  const openCv = async (): Promise<void> => {
    await key().file('CV.pdf').click();
    await person.tray.document('CV').click();
    await key().copy.waitFor();
  };
  const says = (words: string) => kiosk.screens.getByText(words).first().waitFor();

  it('shows its pictures and PDF, and nothing else; what is taken is copied', async () => {
    usb.plugIn({ 'CV.pdf': cv, 'setup.exe': Buffer.from('MZ'), 'notes.txt': Buffer.from('x') });
    await key().file('CV.pdf').waitFor();
    await picture(kiosk, 'usb seen');
    expect(await key().files.count()).toBe(1);
    expect(usb.options()).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev', 'noexec']));
    await key().file('CV.pdf').click();
    await person.tray.document('CV').waitFor();
  });

  it('gets a copy, and is told to be free to go', async () => {
    usb.plugIn({ 'CV.pdf': cv });
    await openCv();
    await key().copy.click();
    await says('Vous pouvez retirer votre clé');
    await picture(kiosk, 'usb copied');
    expect(usb.filesOn()).toEqual(['CV (2).pdf', 'CV.pdf']);
  });

  it('that was in before the person began is theirs', async () => {
    await person.see.finished.click();
    await person.see.yesLeave.click();
    await person.see.begin.waitFor();
    usb.plugIn({ 'CV.pdf': cv });
    await usb.looked();
    expect(usb.options()).toEqual(['']);
    await person.begin();
    await person.tray.mine.click();
    await key().file('CV.pdf').waitFor();
  });

  it('that is full is said, and keeps nothing of ours', async () => {
    usb.plugIn({ 'CV.pdf': cv }, { full: true });
    await openCv();
    await key().copy.click();
    await says('Votre clé est pleine');
    await picture(kiosk, 'usb full');
    await person.see.closePanel.click();
    await person.see.finished.click();
    await person.see.yesLeave.click();
    await person.see.begin.waitFor();
    expect(usb.filesOn()).toEqual(['CV.pdf', 'plein-1M', 'plein-512']);
  });

  it('that refuses writing is said', async () => {
    usb.plugIn({ 'CV.pdf': cv }, { readOnly: true });
    await openCv();
    await key().copy.click();
    await says('refuse l’écriture');
    await picture(kiosk, 'usb protected');
  });

  it('pulled out too soon is said', async () => {
    usb.plugIn({ 'CV.pdf': cv });
    await openCv();
    usb.loosen();
    await key().copy.click();
    await says('La copie s’est arrêtée');
    await picture(kiosk, 'usb pulled out');
  });

  it('is left to nobody: said before the end, closed after it', async () => {
    usb.plugIn({ 'CV.pdf': cv });
    await key().file('CV.pdf').waitFor();
    await person.see.finished.click();
    await says('Reprenez votre clé USB');
    await picture(kiosk, 'usb leaving');
    await person.see.yesLeave.click();
    await person.see.begin.waitFor();
    expect(usb.options()).toEqual(['']);
    // The next person sees nothing of a key that was forgotten.
    await person.begin();
    await person.tray.mine.click();
    await person.tray.empty.waitFor();
    expect(await key().files.count()).toBe(0);
    expect(usb.options()).toEqual(['']);
    expect(kiosk.log().filter((one) => one.event === 'session.audit-failed')).toEqual([]);
  });
});
