/** The mailbox beside the démarche: read a code there, come back to the same page. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

describe('the mailbox', () => {
  let kiosk: RunningKiosk;
  let config: DerivedConfig;
  let person: Person;
  let site: Page;
  beforeAll(async () => {
    config = deriveConfig({}, { 'demo-attestation': { mailbox: { endings: ['portail-exemple.test'] } } });
    kiosk = await runKiosk({ configDir: config.dir });
    person = createPerson(kiosk);
    await person.begin();
    site = await person.goTo(demo.housing);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
  });

  it('opens beside', async () => {
    const before = site.url();
    await person.mailbox.tool.click();
    await picture(kiosk, 'mailbox choice');
    await person.mailbox.keeper('Portail').click();
    await person.siteIsShown();
    await picture(kiosk, 'mailbox beside');
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    await picture(kiosk, 'mailbox back');
    expect(site.url()).toBe(before);
  });
});
