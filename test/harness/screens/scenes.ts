/** Every screen, with the steps to reach it on the fake kiosk. */
import type { Page } from 'playwright-core';
import type { Cover } from '../../../main/contract/browsing.ts';
import { agentScenes } from './agent-scenes.ts';
import { directoryScenes } from './directory-scenes.ts';
import { documentScenes } from './document-scenes.ts';
import { tutorialScenes } from './tutorial-scenes.ts';
import { printingScenes } from './printing-scenes.ts';
import type { Phase } from '../../../main/contract/session.ts';

export interface Scene {
  readonly name: string;
  show(page: Page): Promise<void>;
}

const phase = (page: Page, next: Phase) => page.evaluate((value) => window.fakeKiosk?.phase(value), next);
const settle = (page: Page) => page.waitForSelector('main h1, main h2, aside h1');
const active = (page: Page) => phase(page, { name: 'active' });
const sheet = async (page: Page) => {
  await active(page);
  await page.locator('[role=search] input').fill('apl');
  await page.locator('.results button').first().click();
  await page.waitForSelector('.go');
};
const visit = async (page: Page) => {
  await sheet(page);
  await page.locator('.go .primary').click();
  await page.waitForSelector('.strip h1');
};
const cover = (name: string, value: Cover): Scene => ({
  name: `cover-${name}`,
  show: async (page) => {
    await visit(page);
    await page.evaluate((next) => window.fakeKiosk?.cover(next), value);
  },
});

export const scenes: readonly Scene[] = [
  ...printingScenes,
  ...documentScenes,
  ...agentScenes,
  ...directoryScenes,
  ...tutorialScenes,
  { name: 'accueil', show: async (page) => void (await settle(page)) },
  {
    name: 'accueil-message',
    show: async (page) => {
      await page.evaluate(() =>
        window.fakeKiosk?.set('catalogue', {
          place: 'Médiathèque de Vichy',
          commune: 'Vichy',
          opening: 'Du mardi au samedi, de 10 h à 18 h',
          agentContact: 'À l’accueil.',
          messages: ['Ceci est une démonstration. Aucune vraie démarche n’est faite.'],
        }),
      );
      await settle(page);
    },
  },
  {
    name: 'accueil-restarted',
    show: async (page) => {
      await phase(page, { name: 'idle', restarted: true });
      await page.evaluate(() =>
        window.fakeKiosk?.set('catalogue', {
          place: 'MSD de Moulins',
          commune: 'Moulins',
          opening: '',
          agentContact: 'À l’accueil.',
          messages: ['Vendredi 27, le point numérique ferme à midi.'],
        }),
      );
    },
  },
  {
    name: 'pick',
    show: async (page) => {
      await active(page);
      await page.waitForSelector('.cards');
    },
  },
  {
    name: 'time-left',
    show: async (page) => {
      await sheet(page);
      await page.evaluate(() => window.fakeKiosk?.timeLeft(287));
      await page.waitForSelector('.time[role=status]');
    },
  },
  {
    name: 'last-minute-on-site',
    show: async (page) => {
      await visit(page);
      await page.evaluate(() => window.fakeKiosk?.timeLeft(41));
      await page.waitForSelector('.time.last');
    },
  },
  {
    name: 'search',
    show: async (page) => {
      await active(page);
      await page.locator('[role=search] input').fill('caf');
      await page.waitForSelector('.results');
    },
  },
  {
    name: 'search-urgent',
    show: async (page) => {
      await active(page);
      await page.locator('[role=search] input').fill('mon mari me frappe');
      await page.waitForSelector('.urgent');
    },
  },
  {
    name: 'search-use',
    show: async (page) => {
      await active(page);
      await page.locator('[role=search] input').fill('scanner');
      await page.waitForSelector('.results');
    },
  },
  {
    name: 'search-near',
    show: async (page) => {
      await active(page);
      await page.locator('[role=search] input').fill('le courrier de la caf est illisible');
      await page.waitForSelector('.results');
    },
  },
  {
    name: 'search-nothing',
    show: async (page) => {
      await active(page);
      await page.locator('[role=search] input').fill('zzzz');
      await page.waitForSelector('.nothing');
    },
  },
  {
    name: 'theme',
    show: async (page) => {
      await active(page);
      await page.locator('.card').nth(1).click();
      await page.waitForSelector('.theme ul');
    },
  },
  {
    name: 'theme-one',
    show: async (page) => {
      await active(page);
      await page.locator('.card').nth(2).click();
      await page.waitForSelector('.theme ul');
    },
  },
  {
    name: 'sheet',
    show: async (page) => {
      await sheet(page);
      await page.locator('.have label').nth(0).click();
      await page.locator('.have label').nth(1).click();
    },
  },
  {
    name: 'sheet-all-there',
    show: async (page) => {
      await sheet(page);
      for (const label of await page.locator('.have label').all()) await label.click();
    },
  },
  {
    name: 'size',
    show: async (page) => {
      await active(page);
      await page.locator('.tool', { hasText: /Taille|Size/ }).click();
    },
  },
  {
    name: 'not-all',
    show: async (page) => {
      await sheet(page);
      await page.locator('.go .secondary').click();
    },
  },
  { name: 'visit', show: visit },
  {
    name: 'visit-folded',
    show: async (page) => {
      await visit(page);
      await page.locator('.fold').click();
    },
  },
  {
    name: 'visit-no-steps',
    show: async (page) => {
      await active(page);
      await page.locator('.card').nth(0).click();
      await page.locator('.theme .row').first().click();
      await page.locator('.go .primary').click();
      await page.waitForSelector('.strip h1');
    },
  },
  {
    name: 'mailbox',
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mails' }).click();
      await page.locator('.keepers button').first().waitFor();
    },
  },
  {
    name: 'mailbox-other',
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mails' }).click();
      await page.locator('.keepers button').last().click();
      await page.locator('dialog input, [role=dialog] input').first().fill('proton.me');
    },
  },
  {
    name: 'visit-mailbox',
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mails' }).click();
      await page.locator('.keepers button').first().click();
      await page.locator('.tabs').waitFor();
    },
  },
  ...(['read', 'write'] as const).map((step): Scene => ({
    name: `visit-mailbox-alone-${step}`,
    show: async (page) => {
      await active(page);
      await page.getByRole('button', { name: /^(Mes e-mails|My e-mail)$/ }).click();
      await page.locator('.keepers button').first().click();
      await page.waitForSelector('.strip h1');
      if (step === 'write') await page.locator('.steps button').last().click();
    },
  })),
  {
    name: 'visit-sent',
    show: async (page) => {
      await visit(page);
      await page.evaluate(() => window.fakeKiosk?.sent('said'));
    },
  },
  {
    name: 'visit-answered',
    show: async (page) => {
      await visit(page);
      while (await page.locator('.steps button').last().isEnabled()) await page.locator('.steps button').last().click();
      await page.evaluate(() => window.fakeKiosk?.sent('answered'));
    },
  },
  ...(['phone', 'locked'] as const).map((trouble): Scene => ({
    name: `visit-mailbox-${trouble}`,
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mails' }).click();
      await page.locator('.keepers button').first().click();
      await page.locator('.tabs').waitFor();
      await page.evaluate((next) => window.fakeKiosk?.mailboxTrouble(next), trouble);
    },
  })),
  {
    name: 'visit-code',
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mails' }).click();
      await page.locator('.keepers button').first().click();
      await page.locator('.note input').fill('482 913');
      await page.locator('.note button').click();
      await page.locator('.tabs button').first().click();
      await page.locator('.note .code').waitFor();
    },
  },
  {
    name: 'visit-code-step',
    show: async (page) => {
      await visit(page);
      for (let step = 0; step < 2; step++) await page.locator('.steps button').last().click();
    },
  },
  {
    name: 'visit-leave',
    show: async (page) => {
      await visit(page);
      await page.locator('.bar .tool').first().click();
    },
  },
  {
    name: 'visit-leave-both',
    show: async (page) => {
      await visit(page);
      await page.locator('.tool', { hasText: 'E-mail' }).click();
      await page.locator('.keepers button').first().click();
      await page.locator('.tabs').waitFor();
      await page.locator('.bar .tool').first().click();
    },
  },
  cover('opening', { kind: 'opening' }),
  cover('blocked', { kind: 'blocked', host: 'www.exemple-de-jeux-en-ligne.fr', imitates: null, demarches: [] }),
  cover('imitated', {
    kind: 'blocked',
    host: 'caf-remboursement.info',
    imitates: 'caf.fr',
    demarches: [],
  }),
  cover('offered', {
    kind: 'blocked',
    host: 'www.impots.gouv.fr',
    imitates: null,
    demarches: [{ id: 'impots-0', title: 'Déclarer mes revenus' }],
  }),
  cover('program', { kind: 'program' }),
  cover('contact', { kind: 'contact', by: 'mail', to: 'service-allocataires@exemple-de-caisse.fr' }),
  cover('offline', { kind: 'unreachable', fault: 'offline' }),
  cover('certificate', { kind: 'unreachable', fault: 'certificate' }),
  cover('clock', { kind: 'unreachable', fault: 'clock' }),
  cover('slow', { kind: 'unreachable', fault: 'slow' }),
  cover('crashed', { kind: 'crashed' }),
  cover('unresponsive', { kind: 'unresponsive' }),
  cover('alert', {
    kind: 'dialog',
    id: 'dialog-1',
    type: 'alert',
    message: 'Votre session va expirer dans 2 minutes.',
    defaultText: '',
  }),
  cover('confirm', {
    kind: 'dialog',
    id: 'dialog-1',
    type: 'confirm',
    message: 'Supprimer ce brouillon ?',
    defaultText: '',
  }),
  cover('prompt', {
    kind: 'dialog',
    id: 'dialog-1',
    type: 'prompt',
    message: 'Votre code postal',
    defaultText: '03000',
  }),
  cover('beforeunload', { kind: 'dialog', id: 'dialog-1', type: 'beforeunload', message: '', defaultText: '' }),
  cover('files', { kind: 'files', id: 'files-1', accept: '.pdf', multiple: false, field: null }),
  ...(['size', 'language', 'help'] as const).map((panel, at): Scene => ({
    name: `panel-${panel}`,
    show: async (page) => {
      await visit(page);
      await page
        .locator('.tools .tool')
        .nth(at - 3)
        .click(); // counted from the end, because the bar over a site has more buttons before them
    },
  })),
  {
    name: 'warning',
    show: async (page) => {
      await active(page);
      await phase(page, { name: 'warning', endsInS: 60 });
      await phase(page, { name: 'warning', endsInS: 42 });
    },
  },
  {
    name: 'leaving',
    show: (page) =>
      phase(page, {
        name: 'leaving',
        items: [
          { kind: 'documents', count: 2 },
          { kind: 'signed-in', site: 'caf.fr' },
          { kind: 'original-on-glass' },
          { kind: 'usb-key' },
        ],
      }),
  },
  {
    name: 'leaving-not-sent',
    show: (page) =>
      phase(page, {
        name: 'leaving',
        items: [
          { kind: 'not-sent', site: 'caf.fr', again: false },
          { kind: 'signed-in', site: 'caf.fr' },
        ],
      }),
  },
  {
    name: 'leaving-scans',
    show: (page) =>
      phase(page, {
        name: 'leaving',
        items: [
          { kind: 'scanned-pages', count: 12 },
          { kind: 'documents', count: 2 },
          { kind: 'original-on-glass' },
          { kind: 'originals-in-feeder' },
        ],
      }),
  },
  ...(['sent', 'answered'] as const).map((kind): Scene => ({
    name: `leaving-${kind}`,
    show: (page) => phase(page, { name: 'leaving', items: [{ kind, site: 'caf.fr' }] }),
  })),
  ...(['begun', 'coming', 'stopped', 'missing', 'unsure'] as const).map((state): Scene => ({
    name: `leaving-print-${state}`,
    show: (page) =>
      phase(page, {
        name: 'leaving',
        items: [
          { kind: 'printing', state, left: 7 },
          { kind: 'documents', count: 2 },
          { kind: 'original-on-glass' },
          { kind: 'paper-in-tray' },
        ],
      }),
  })),
  { name: 'leaving-nothing', show: (page) => phase(page, { name: 'leaving', items: [] }) },
  { name: 'wiping', show: (page) => phase(page, { name: 'wiping' }) },
  { name: 'farewell', show: (page) => phase(page, { name: 'farewell' }) },
  { name: 'out-of-service', show: (page) => phase(page, { name: 'out-of-service', fault: 'wipe.guest' }) },
  { name: 'starting', show: (page) => phase(page, { name: 'starting' }) },
];
