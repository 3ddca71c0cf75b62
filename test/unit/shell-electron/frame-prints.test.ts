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
  runInContext(`globalThis.window = globalThis; ${mainSource(windows)}`, frame);
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
