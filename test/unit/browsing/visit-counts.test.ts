/** What the figures hear of the sites that a person opens. */
import { beforeEach, describe, expect, it } from 'vitest';
import { browsingOfPerson, type PersonsBrowsing } from '../../fakes/browsing-person.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryShell, type GuestController, type MemoryShell } from '../../fakes/memory-shell.ts';
import { quietKiosk } from '../../fakes/quiet-kiosk.ts';
import { load, rightDemarche } from '../config/folder.ts';

const named = (id: string, more: string): string => `${rightDemarche.replace('id: caf-rsa', `id: ${id}`)}${more}\n`;
const changes = {
  'demarches/guide.yaml': named(
    'guide',
    'steps: [{ title: Un, text: Cliquez. }, { title: Deux, text: Cliquez. }, { title: Trois, text: Cliquez. }]',
  ),
  'demarches/compte.yaml': named('compte', 'account: { name: compte Caf }'),
  'bundles.yaml': 'franceconnect: { domains: [app.franceconnect.gouv.fr] }\n',
  'demarches/connexion.yaml': named('connexion', 'bundles: [franceconnect]'),
  'demarches/merci.yaml': named('merci', "sentAt: ['wwwd.caf.fr/merci']"),
  'demarches/messagerie.yaml': named('messagerie', 'mailbox: { endings: [caf.fr] }'),
};

const document = { kind: 'download-done', path: '/tmp/1', url: 'https://wwwd.caf.fr/1' } as const;

describe('the figures hear of a site', () => {
  let memory: MemoryShell;
  let browsing: PersonsBrowsing;
  let heard: string[];
  let keep: () => void;

  beforeEach(async () => {
    memory = createMemoryShell();
    const config = await load(changes);
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    heard = [];
    browsing = browsingOfPerson({
      ...quietKiosk,
      clock: createManualClock(),
      logger: { log: () => undefined },
      shell: memory.shell,
      config: config.value,
      publish: () => undefined,
      counts: { add: (...[measure, key = '']) => void heard.push(key === '' ? measure : `${measure}|${key}`) },
      onDownload: async ({ onKept }) => void (keep = onKept),
    });
  });
  const open = async (demarche: string): Promise<GuestController> => {
    await browsing.handlers.open({ demarche });
    const site = memory.guests.at(-1);
    if (!site) throw new Error('no guest was opened');
    return site;
  };
  const page = (site: GuestController, path: string, answers = false): void =>
    site.tell({
      kind: 'navigated',
      url: `https://wwwd.caf.fr/${path}`,
      sameDocument: false,
      canGoBack: true,
      ...(answers ? { answers } : {}),
    });

  it('that was opened, and of the step that was shown last', async () => {
    await open('guide');
    await browsing.handlers.step({ to: 2 });
    await browsing.handlers.close({});
    expect(heard).toEqual(['demarche.opened|guide', 'demarche.left-at-step|guide/3']);
  });

  it('that answered a form, where nobody signs in', async () => {
    page(await open('caf-rsa'), 'reponse', true);
    await browsing.handlers.close({});
    expect(heard.slice(1)).toEqual(['form.sent', 'demarche.finished|caf-rsa', 'demarche.left-at-step|caf-rsa/1']);
  });

  it('that answered a form, also after another page of the site', async () => {
    const site = await open('caf-rsa');
    page(site, 'reponse', true);
    page(site, 'accueil');
    await browsing.handlers.close({});
    expect(heard.slice(1)).toContain('demarche.finished|caf-rsa');
  });

  it('that answered the first page of a form, whose next one was left half filled, as not finished', async () => {
    const site = await open('caf-rsa');
    page(site, 'suite', true);
    site.tell({ kind: 'written' });
    await browsing.handlers.close({});
    expect(heard.slice(1)).toEqual(['demarche.left-at-step|caf-rsa/1']);
  });

  it.each([
    ['answered a sign-in, as far as anybody knows', 'compte', 'reponse'],
    ['answered one through FranceConnect, perhaps', 'connexion', 'reponse'],
    ['answered with another page than the one that says that it is sent', 'merci', 'reponse'],
  ])('that %s, as not finished', async (_, demarche, path) => {
    page(await open(demarche), path, true);
    await browsing.handlers.close({});
    expect(heard.slice(1)).toEqual([`demarche.left-at-step|${demarche}/1`]);
  });

  it('that said that the request is sent, also after another page', async () => {
    const site = await open('merci');
    page(site, 'merci');
    page(site, 'accueil');
    await browsing.handlers.close({});
    expect(heard.slice(1)).toEqual(['form.sent', 'demarche.finished|merci', 'demarche.left-at-step|merci/1']);
  });

  it('that gave a document, once it is in the tray', async () => {
    const site = await open('compte');
    site.tell({ ...document, suggestedName: 'attestation.pdf' });
    expect(heard).toEqual(['demarche.opened|compte']);
    keep();
    expect(heard.at(-1)).toBe('demarche.finished|compte');
  });

  it('only that it was a site, when it is a mailbox', async () => {
    const site = await open('messagerie');
    site.tell({ ...document, suggestedName: 'facture.pdf' });
    keep();
    page(site, 'reponse', true);
    await browsing.handlers.close({});
    expect(heard).toEqual(['site.opened']);
  });
});
