/** The dialogs of a site’s windows: a page waits in each of them, so each one is shown and answered. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../main/contract/browsing.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const FORM = 'https://wwwd.caf.fr/rsa/envoi';
const SITE: Cover = { kind: 'site' };

let memory: OneSite['memory'];
let browsing: OneSite['browsing'];
let site: OneSite['site'];
let cover: OneSite['cover'];

beforeEach(async () => {
  ({ memory, browsing, site, cover } = await openOneSite());
});

const asks = (id: string, message: string, type: 'alert' | 'confirm' | 'beforeunload' = 'alert'): void =>
  site.tell({ kind: 'dialog', id, type, message, defaultText: '' });
const isDialog = (message: string) => expect.objectContaining({ kind: 'dialog', message });
/** A window of the site comes to the front, or its opener is in front again. */
const windowChanges = (url: string): void =>
  site.tell({ kind: 'navigated', url, sameDocument: false, canGoBack: true, beside: true });
const shownId = (): string => {
  const shown = cover();
  return shown?.kind === 'dialog' ? shown.id : '';
};
const answer = (accept = true, id = shownId()) => browsing.handlers.answerDialog({ id, accept, text: '' });

describe('a dialog of a site', () => {
  it('stays when a window that its page opened comes to the front, and is answered', async () => {
    asks('dialog-1', 'Votre paiement s’ouvre dans une autre fenêtre');
    windowChanges('https://wwwd.caf.fr/paiement');
    expect(cover()).toEqual(isDialog('Votre paiement s’ouvre dans une autre fenêtre'));
    expect(site.shownAt).toBeUndefined();
    await answer();
    expect(site.answers).toEqual([{ id: 'dialog-1', accept: true }]);
    expect(cover()).toEqual(SITE);
  });

  it('of a page behind waits for the one of the window in front, and stays when that window closes', async () => {
    windowChanges('https://wwwd.caf.fr/paiement');
    asks('1/dialog-1', 'Confirmez le paiement', 'confirm');
    asks('dialog-1', 'Votre session expire');
    expect(cover()).toEqual(isDialog('Confirmez le paiement'));
    site.tell({ kind: 'dialog-gone', id: '1/dialog-1' });
    windowChanges('https://wwwd.caf.fr/');
    expect(cover()).toEqual(isDialog('Votre session expire'));
    await answer();
    expect(site.answers).toEqual([{ id: 'dialog-1', accept: true }]);
    expect(cover()).toEqual(SITE);
  });

  it('comes before any other cover, which is there again after the answer', async () => {
    asks('dialog-1', 'Votre session expire');
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused' });
    expect(cover()).toEqual(isDialog('Votre session expire'));
    await answer();
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'refused' });
  });

  it('that asks whether to leave shows the page again when the person stays', async () => {
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused', sent: true });
    await browsing.handlers.resume({ how: 'retry' });
    expect(cover()).toEqual({ kind: 'opening' });
    asks('dialog-1', '', 'beforeunload');
    await answer(false);
    expect(cover()).toEqual(SITE);
  });

  it('in a loop is refused, though its page gives itself another address each time', async () => {
    const shown: (Cover | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      site.tell({ kind: 'navigated', url: `https://wwwd.caf.fr/p${i}`, sameDocument: true, canGoBack: true });
      asks(`dialog-${i}`, `Restez ${i}`);
      shown.push(cover());
      await answer();
    }
    expect(shown.slice(0, 4)).toEqual([0, 1, 2, 3].map((i) => isDialog(`Restez ${i}`)));
    expect(shown.slice(4)).toEqual([SITE, SITE]);
    expect(site.answers.at(-1)).toEqual({ id: 'dialog-5', accept: false });
    site.tell({ kind: 'navigated', url: FORM, sameDocument: false, canGoBack: true });
    asks('dialog-6', 'Votre session expire');
    expect(cover()).toEqual(isDialog('Votre session expire'));
  });

  it('that takes the place of the one that the person answers is not answered unread', async () => {
    asks('dialog-1', 'Votre session expire');
    asks('1/dialog-1', 'Supprimer votre dossier ?', 'confirm');
    const read = shownId();
    site.tell({ kind: 'dialog-gone', id: 'dialog-1' });
    await answer(true, read);
    expect(site.answers).toEqual([]);
    expect(cover()).toEqual(isDialog('Supprimer votre dossier ?'));
    await answer(false);
    expect(site.answers).toEqual([{ id: '1/dialog-1', accept: false }]);
  });

  it('does not outlive its guest', async () => {
    asks('dialog-1', 'Bonjour');
    asks('1/dialog-1', 'Encore');
    site.tell({ kind: 'crashed' });
    expect(cover()).toEqual({ kind: 'crashed' });
    await browsing.handlers.resume({ how: 'start-over' });
    expect(cover()).toEqual(SITE);
    await answer();
    expect(memory.guests[1]?.answers).toEqual([]);
  });
});
