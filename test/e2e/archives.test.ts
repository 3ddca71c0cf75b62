/** An archive of a site: the person reads which of its files were not kept, and finds the others. */
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { infoZip, zipRuns } from '../harness/documents/archives.ts';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { touchKeyboard } from '../harness/x-keyboard.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

if (!zipRuns) console.warn('SKIPPED: zip is not installed');

describe.skipIf(!zipRuns)('an archive of payslips', () => {
  let kiosk: RunningKiosk;
  let person: Person;
  let site: Page;
  let pdf: Uint8Array;
  beforeAll(async () => {
    const drawn = await PDFDocument.create();
    drawn.addPage();
    pdf = await drawn.save();
    kiosk = await runKiosk(process.env['PICTURE_SIZE'] === undefined ? { size: '1280x800' } : {});
    person = createPerson(kiosk);
  });
  afterAll(() => kiosk?.stop());
  beforeEach(async () => {
    await person.beginAfresh();
    site = await person.goTo(demo.hostile);
  });

  const send = async (name: string, archive: Uint8Array): Promise<void> => {
    touchKeyboard(kiosk.display);
    await site.evaluate(
      ([download, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const href = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
        Object.assign(document.createElement('a'), { href, download }).click();
      },
      [name, Buffer.from(archive).toString('base64')] as const,
    );
  };
  const payslips = (first: number, last: number) =>
    Object.fromEntries(Array.from({ length: last - first + 1 }, (_, at) => [`Bulletin ${first + at}.pdf`, pdf]));

  it('with a password says so', async () => {
    await send('ferme.zip', infoZip([payslips(40, 42), '-P', 'secret']));
    const said = kiosk.screens.getByRole('dialog').filter({ hasText: '3 fichiers n’ont pas été gardés' });
    await said.getByText('fermé par un mot de passe').first().waitFor({ timeout: 60_000 });
    await picture(kiosk, 'archive with a password');
    await person.see.closePanel.click();
    await person.siteIsShown();
  });

  it('longer than we take is said after what arrived, with the names, until it is read', async () => {
    await send('bulletins.zip', infoZip([payslips(10, 33)]));
    const said = kiosk.screens.getByRole('dialog').filter({ hasText: '4 fichiers n’ont pas été gardés' });
    // Each document that arrives after « Plus tard » opens the panel again.
    await until(
      'what is left out',
      async () => {
        if (await said.isVisible()) return true;
        await person.tray.later.click({ timeout: 500 }).catch(() => undefined); // not there yet
        return false;
      },
      90_000,
    );
    await picture(kiosk, 'archive of 24 payslips');
    const names = await said.getByRole('listitem').allInnerTexts();
    expect(names.every((name) => /^Bulletin \d\d$/.test(name.trim()))).toBe(true);
    await person.see.closePanel.click();
    await person.siteIsShown();
    await person.leaveSite();
    await person.search(''); // search results would hide it
    await person.tray.mine.click();
    await person.tray.document('Bulletin').first().waitFor();
    const kept = await person.tray.document('Bulletin').allInnerTexts();
    const all = [...kept, ...names].map((words) => /Bulletin \d\d/.exec(words)?.[0]);
    expect([kept.length, new Set(all).size]).toEqual([20, 24]);
    await picture(kiosk, 'the twenty others');
  });
});
