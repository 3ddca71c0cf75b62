/** A site that prints a frame: a receipt in a frame that nobody sees, as most libraries that print do. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { GUEST_PRINT } from '../../../main/shell/electron/channels.ts';
import { mainSource, type Windows } from '../../../main/shell/guest/in-page.ts';
import type { FakeFrame } from '../../fakes/electron/fake-contents.ts';
import { openKiosk, openVisit } from './fake-kiosk.ts';

/** A frame as our script finds it, before anything of the page. What is native opens a window of the system. */
const frameAt = (href: string, windows: Windows, around: Record<string, unknown>) => {
  const native = (name: string) => (): void => void opened.push(name);
  const opened: string[] = [];
  const frame = createContext({
    location: { href, protocol: new URL(href).protocol },
    open: native('open'),
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
    `${commands} ${mainSource(windows)}`,
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
    window: {
      alert: ask('alert'),
      confirm: ask('confirm', true),
      prompt: ask('prompt', 'Martin'),
      print: ask('print'),
    },
  };
};

// Electron's preload runs in none (`ElectronRenderFrameObserver::ShouldNotifyClient`; issue 49091).
describe('a frame that a script makes and writes to', () => {
  it.each(['about:blank', 'about:blank#recu'])('asks through the page around it (%s)', (href) => {
    const { asked, printed, window } = page();
    const { opened, run } = frameAt(href, 'here', window);
    expect(run(`alert('A'); [confirm('B'), prompt('C')].join()`)).toBe('true,Martin');
    run('print()');
    expect(asked).toEqual([['alert', 'A'], ['confirm', 'B'], ['prompt', 'C'], 'print']);
    expect(printed[0]).toBe(run('globalThis'));
    expect(opened).toEqual([]);
  });

  it('may have the preload after all, once something else is shown in it', () => {
    const { run } = frameAt('about:blank', 'here', page().window);
    expect(run(`Object.defineProperty(globalThis, 'print', { value: 1, configurable: false }).print`)).toBe(1);
  });

  it('asks for the command to print as well, as jQuery.print gives it first', () => {
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
    ['of a browser that holds its own dialogs', 'about:blank', 'beside'],
  ] as const)('and no other: one %s', (_which, href, windows) => {
    const { asked, window } = page();
    const { opened, run } = frameAt(href, windows, window);
    run('print()');
    expect([asked, opened]).toEqual([[], ['print']]);
  });
});

// `window.print` is not all: a command opens the same dialog, and `disableDialogs` holds back neither (issue 32925).
describe('the command to print', () => {
  it('is what the page’s own `print` is, which our preload made ours', () => {
    const { opened, run } = frameAt('https://caf.test/', 'here', {});
    run(`let ours = 0; Object.defineProperty(window, 'print', { value: () => void ours++ })`);
    run(`document.execCommand('print'); Document.prototype.execCommand.call(document, 'PRINT')`);
    expect([run('ours'), opened]).toEqual([2, []]);
    run(`let word = 'copy'; document.execCommand({ toString: () => [word, (word = 'print')][0] })`);
    expect(opened).toEqual(['command copy']);
    expect(run(`delete Document.prototype.execCommand`)).toBe(false);
  });

  it('is left alone by a document that nobody sees, and on a browser that holds its own dialogs', () => {
    expect(frameAt('https://caf.test/', 'here', {}).run(`new Document().execCommand('print')`)).toBe(false);
    const { opened, run } = frameAt('https://caf.test/', 'beside', {});
    run(`document.execCommand('print')`);
    expect(opened).toEqual(['command print']);
  });
});

describe('what a frame asks to print', () => {
  const asked = async (frame: (main: FakeFrame) => FakeFrame, of: unknown = -1) => {
    const visit = await openVisit(await openKiosk());
    const from = frame(visit.page.mainFrame);
    visit.page.sendFromPage(GUEST_PRINT, of, { frame: from });
    expect(visit.events).toContainEqual({ kind: 'print-wanted' });
    return { ...visit, from };
  };
  const text = async (pdf: Promise<Uint8Array | 'too-large'>): Promise<string> => Buffer.from(await pdf).toString();

  it('is that frame, not the page around it', async () => {
    const { guest } = await asked((main) => main.add());
    expect(await text(guest.printAsked())).toBe('%PDF-frame');
    expect(await text(guest.printToPdf())).toBe('%PDF-'); // the bar's own button: the page
  });

  it('is the frame that the page made, where the page asked in its place', async () => {
    const { guest } = await asked((main) => (main.add(), Object.assign(main.add(), { pdf: recu }), main), 1);
    expect(await text(guest.printAsked())).toBe('%PDF-recu');
  });
  const recu = async (): Promise<Buffer> => Buffer.from('%PDF-recu');

  it('is taken at once: the frame may be gone before somebody goes on', async () => {
    const { guest, from } = await asked((main) => main.add());
    from.disposed = true;
    expect(await text(guest.printAsked())).toBe('%PDF-frame');
  });

  it.each([-1, 7, 0.5, '0', null])('is the page where the page asks (%j)', async (of) => {
    const { guest } = await asked((main) => main, of);
    expect(await text(guest.printAsked())).toBe('%PDF-');
  });

  it('is the page where the frame was gone already, or gives no paper', async () => {
    const gone = await asked((main) => Object.assign(main.add(), { disposed: true }));
    expect(await text(gone.guest.printAsked())).toBe('%PDF-');
    const failed = await asked((main) => Object.assign(main.add(), { pdf: () => Promise.reject(new Error('no')) }));
    expect(await text(failed.guest.printAsked())).toBe('%PDF-');
  });

  it('is forgotten as the page itself asks', async () => {
    const kiosk = await openKiosk();
    const { page: one, guest } = await openVisit(kiosk);
    one.sendFromPage(GUEST_PRINT, -1, { frame: one.mainFrame.add() });
    await kiosk.clock.advance(2_000);
    one.sendFromPage(GUEST_PRINT, -1, { frame: one.mainFrame });
    expect(await text(guest.printAsked())).toBe('%PDF-');
  });
});
