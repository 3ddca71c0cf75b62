/** A site that prints a hidden frame, such as a receipt. Most print libraries do this. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { GUEST_PRINT } from '../../../main/shell/electron/channels.ts';
import { mainSource, type Windows } from '../../../main/shell/guest/in-page.ts';
import type { FakeFrame } from '../../fakes/electron/fake-contents.ts';
import { openKiosk, openVisit } from './fake-kiosk.ts';

/** A frame before any script of the page has run. Its native functions would open system windows, and are recorded. */
const frameAt = (href: string, windows: Windows, around: object) => {
  const native = (name: string) => (): void => void opened.push(name);
  const opened: string[] = [];
  const frame = createContext({
    location: { href, protocol: new URL(href).protocol },
    open: native('open'),
    addEventListener: () => undefined,
    EventTarget: class {},
    navigator: { userActivation: { isActive: false } },
    HTMLFormElement: class {
      submit(): void {
        /* nothing is sent */
      }
    },
    parent: around,
    ...Object.fromEntries(['alert', 'confirm', 'prompt', 'print'].map((name) => [name, native(name)])),
  });
  const commands = `globalThis.window = globalThis;
    globalThis.Document = class { execCommand(name) { system('command ' + name); return true; } };
    Document.prototype.defaultView = null;
    globalThis.document = Object.assign(new Document(), { defaultView: window });`;
  runInContext(
    `${commands} ${mainSource({ kin: 'kin' }, windows)}`,
    Object.assign(frame, { system: (what: string) => opened.push(what) }),
  );
  return { opened, run: (code: string): unknown => runInContext(code, frame) as unknown };
};

const page = () => {
  const asked: unknown[] = [];
  const ask =
    (name: string, answer?: unknown) =>
    (given: unknown): unknown => {
      asked.push(name === 'print' ? name : [name, given]);
      if (name === 'print') printed.push(given);
      return answer;
    };
  const printed: unknown[] = [];
  return {
    asked,
    printed,
    /** A window in which the preload has run. The site gave one of the names a meaning of its own. */
    window: {
      print: () => void asked.push('the site’s own'),
      [Symbol.for('point-numerique')]: {
        alert: ask('alert'),
        confirm: ask('confirm', true),
        prompt: ask('prompt', 'Martin'),
        print: ask('print'),
      },
    },
  };
};

// Electron's preload does not run in such a frame (`ElectronRenderFrameObserver::ShouldNotifyClient`; issue 49091).
describe('a frame that a script creates and fills', () => {
  it.each(['about:blank', 'about:blank#recu'])('uses the dialogs of the page around it (%s)', (href) => {
    const { asked, printed, window } = page();
    const { opened, run } = frameAt(href, 'here', window);
    expect(run(`alert('A'); [confirm('B'), prompt('C')].join()`)).toBe('true,Martin');
    run('print()');
    expect(asked).toEqual([['alert', 'A'], ['confirm', 'B'], ['prompt', 'C'], 'print']);
    expect(printed[0]).toBe(run('globalThis'));
    expect(opened).toEqual([]);
  });

  it('in another such frame asks through the page around both, and names the frame that this page has', () => {
    const { asked, printed, window: top } = page();
    const middle = { parent: top };
    const { opened, run } = frameAt('about:blank', 'here', middle);
    run(`alert('A'); print()`);
    expect([asked, printed[0], opened]).toEqual([[['alert', 'A'], 'print'], middle, []]);
  });

  it('opens nothing when the page around it is out of reach', () => {
    const apart = Object.defineProperty({}, Symbol.for('point-numerique'), {
      get: () => {
        throw new Error('Blocked a frame from accessing a cross-origin frame.');
      },
    });
    const { opened, run } = frameAt('about:blank', 'here', apart);
    expect(run(`alert('A'); print(); confirm('B') === true`)).toBe(false);
    expect(opened).toEqual([]);
  });

  it('can still get the preload when it loads another page', () => {
    const { run } = frameAt('about:blank', 'here', page().window);
    expect(run(`Object.defineProperty(globalThis, 'print', { value: 1, configurable: false }).print`)).toBe(1);
  });

  it('redirects the print command too, which jQuery.print tries first', () => {
    const { asked, printed, window } = page();
    const { opened, run } = frameAt('about:blank', 'here', window);
    expect(run(`document.execCommand('Print', false, null)`)).toBe(true);
    expect([asked, printed[0]]).toEqual([['print'], run('globalThis')]);
    expect(opened).toEqual([]);
    expect(run(`document.execCommand('copy')`)).toBe(true);
    expect(opened).toEqual(['command copy']);
  });

  it.each([
    ['of a site, where the preload runs', 'https://caf.test/', 'here'],
    ['of a browser that handles its own dialogs', 'about:blank', 'beside'],
  ] as const)('unlike a frame %s', (_which, href, windows) => {
    const { asked, window } = page();
    const { opened, run } = frameAt(href, windows, window);
    run('print()');
    expect([asked, opened]).toEqual([[], ['print']]);
  });
});

// The command opens the same dialog as `window.print`. `disableDialogs` prevents neither (issue 32925).
describe('the command to print', () => {
  it('asks us, whatever the site made of `print`', () => {
    const { opened, run } = frameAt('https://caf.test/', 'here', {});
    run(`let ours = 0; window[Symbol.for('point-numerique')] = { print: () => void ours++ };
      window.print = () => document.execCommand('print')`);
    run(`document.execCommand('print'); Document.prototype.execCommand.call(document, 'PRINT'); print()`);
    expect([run('ours'), opened]).toEqual([3, []]);
    run(`let word = 'copy'; document.execCommand({ toString: () => [word, (word = 'print')][0] })`);
    expect(opened).toEqual(['command copy']);
  });

  it('may be replaced by the site, which gets nothing of the system by that', () => {
    const { opened, run } = frameAt('https://caf.test/', 'here', {});
    expect(run(`'use strict'; document.execCommand = () => 'own'; document.execCommand('print')`)).toBe('own');
    run(`delete document.execCommand; delete Document.prototype.execCommand`);
    expect([run('typeof document.execCommand'), opened]).toEqual(['undefined', []]);
  });

  it('is unchanged for a document without a window, and in a browser that handles its own dialogs', () => {
    expect(frameAt('https://caf.test/', 'here', {}).run(`new Document().execCommand('print')`)).toBe(false);
    const { opened, run } = frameAt('https://caf.test/', 'beside', {});
    run(`document.execCommand('print')`);
    expect(opened).toEqual(['command print']);
  });
});

describe('the PDF of a print request', () => {
  const asked = async (frame: (main: FakeFrame) => FakeFrame, of: unknown = -1) => {
    const visit = await openVisit(await openKiosk());
    const from = frame(visit.page.mainFrame);
    visit.page.sendFromPage(GUEST_PRINT, of, { frame: from });
    expect(visit.events).toContainEqual({ kind: 'print-wanted' });
    return { ...visit, from };
  };
  const text = async (pdf: Promise<Uint8Array | 'too-large'>): Promise<string> => Buffer.from(await pdf).toString();

  it('is of the frame that asked, not of the page around it', async () => {
    const { guest } = await asked((main) => main.add());
    expect(await text(guest.printAsked())).toBe('%PDF-frame');
    expect(await text(guest.printToPdf())).toBe('%PDF-'); // the button of our bar prints the page
  });

  it('is of the frame that the page names', async () => {
    const { guest } = await asked((main) => (main.add(), Object.assign(main.add(), { pdf: recu }), main), 1);
    expect(await text(guest.printAsked())).toBe('%PDF-recu');
  });
  const recu = async (): Promise<Buffer> => Buffer.from('%PDF-recu');

  it('is made at once: the frame may be gone before the person continues', async () => {
    const { guest, from } = await asked((main) => main.add());
    from.disposed = true;
    expect(await text(guest.printAsked())).toBe('%PDF-frame');
  });

  it.each([-1, 7, 0.5, '0', null])('is of the page when the page asks (%j)', async (of) => {
    const { guest } = await asked((main) => main, of);
    expect(await text(guest.printAsked())).toBe('%PDF-');
  });

  it('is never of the page instead of a frame that is already gone, or cannot be printed', async () => {
    const gone = await asked((main) => Object.assign(main.add(), { disposed: true }));
    await expect(gone.guest.printAsked()).rejects.toThrow('gone');
    const failed = await asked((main) => Object.assign(main.add(), { pdf: () => Promise.reject(new Error('no')) }));
    await expect(failed.guest.printAsked()).rejects.toThrow('no');
  });

  it('is discarded when the page itself asks', async () => {
    const kiosk = await openKiosk();
    const { page: one, guest } = await openVisit(kiosk);
    one.sendFromPage(GUEST_PRINT, -1, { frame: one.mainFrame.add() });
    await kiosk.clock.advance(2_000);
    one.sendFromPage(GUEST_PRINT, -1, { frame: one.mainFrame });
    expect(await text(guest.printAsked())).toBe('%PDF-');
  });
});
