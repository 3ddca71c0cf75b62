/**
 * axe-core finds no violation on any screen of the running kiosk. axe is injected over the debugger, so the pages' CSP
 * stays on.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AxeResults } from 'axe-core';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk();
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

const violations = async (): Promise<readonly string[]> => {
  // While a colour changes, a contrast is that of neither theme.
  await until('the end of every transition', () =>
    kiosk.screens.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .every((one) => one.playState !== 'running'),
    ),
  );
  await kiosk.screens.evaluate(axeSource);
  const results = await kiosk.screens.evaluate(
    () => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run() as Promise<AxeResults>,
  );
  expect(results.passes.length).toBeGreaterThan(5); // check that axe ran
  return results.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} — ${node.failureSummary ?? ''}`),
  );
};
const colours = async (name: string): Promise<void> => {
  await person.see.size.click();
  await person.see.choice(name).first().click();
  await person.see.closePanel.click();
};

describe('no violation', () => {
  it('on Accueil', async () => {
    await person.endAll();
    expect(await violations()).toEqual([]);
  });

  describe('in a session', () => {
    beforeEach(() => person.beginAfresh());

    it('on the choice, in the three colour themes', async () => {
      expect(await violations()).toEqual([]);
      for (const name of ['Sombres', 'Très contrastées']) {
        await colours(name);
        expect(await violations()).toEqual([]);
      }
    });

    it('on search results, and on an empty result', async () => {
      await person.search('attestation');
      await person.see.answers.first().waitFor();
      expect(await violations()).toEqual([]);
      await person.search('zzzzqqq');
      await kiosk.screens.locator('.nothing').waitFor();
      expect(await violations()).toEqual([]);
    });

    it('on a theme', async () => {
      await person.see.theme('Logement').click();
      await person.see.demarche(demo.housing.title).waitFor();
      expect(await violations()).toEqual([]);
    });

    it('on the sheet and on "Je n’ai pas tout"', async () => {
      await person.openSheet(demo.housing);
      expect(await violations()).toEqual([]);
      await person.see.notAll.click();
      await person.see.dialog.waitFor();
      expect(await violations()).toEqual([]);
    });

    it.each(['size', 'help', 'language'] as const)('on the panel "%s"', async (panel) => {
      await (panel === 'language' ? person.see.language('Français') : person.see[panel]).click();
      await person.see.dialog.waitFor();
      expect(await violations()).toEqual([]);
    });

    it('on the site, a stopped page, in the three colour themes', async () => {
      const site = await person.goTo(demo.housing);
      await person.stepIs('Ouvrez votre compte');
      expect(await violations()).toEqual([]);
      await onCaisse(site).refuseCookies.click();
      await onCaisse(site).partners.click();
      await person.coverIs('Cette page n’est pas proposée ici');
      expect(await violations()).toEqual([]);
      for (const name of ['Sombres', 'Très contrastées']) {
        await colours(name);
        expect(await violations()).toEqual([]);
      }
    });

    it('on a site’s dialogs, and on a failing site', async () => {
      const site = await person.goTo(demo.hostile);
      for (const path of ['alert', 'confirm', 'prompt']) {
        // The page's script waits for the answer, so it does not finish loading before.
        void site.goto(`https://hostile-exemple.test/dialogues/${path}`).catch(() => undefined);
        await until(`the ${path}`, () => person.see.coverTitle.filter({ hasText: 'Le site' }).isVisible());
        expect(await violations()).toEqual([]);
        await kiosk.screens.locator('.cover button').last().click();
        await person.siteIsShown();
      }
    });

    it('on the question before leaving', async () => {
      await person.see.finished.click();
      await person.see.yesLeave.waitFor();
      expect(await violations()).toEqual([]);
    });
  });
});
