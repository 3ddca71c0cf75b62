import { beforeEach, describe, expect, it } from 'vitest';
import { attachDebugger, withoutEvents, type DebuggerSession } from '../../../main/shell/electron/debugger-session.ts';
import { CdpError } from '../../../main/shell/guest/cdp-session.ts';
import { FakeDebugger } from '../../fakes/electron/fake-contents.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let cdp: FakeDebugger;
let clock: ManualClock;
let lost: string[];
let attached: DebuggerSession;

beforeEach(() => {
  cdp = new FakeDebugger();
  clock = createManualClock();
  lost = [];
  attached = attachDebugger({ debugger: cdp, clock, onLost: (reason) => lost.push(reason) });
});

const never = (): Promise<unknown> => new Promise(() => undefined);

describe('debugger session', () => {
  it('sends to the page, and to a frame of another origin by its session', async () => {
    await attached.session.send('Page.enable');
    await attached.session.child('frame-1').send('Page.setInterceptFileChooserDialog', { enabled: true });
    expect(cdp.sent).toEqual([
      { command: 'Page.enable', params: {}, sessionId: undefined },
      { command: 'Page.setInterceptFileChooserDialog', params: { enabled: true }, sessionId: 'frame-1' },
    ]);
  });

  it('delivers each event to its session', () => {
    const received: string[] = [];
    attached.session.on('Page.windowOpen', ({ url }) => received.push(`page ${url}`));
    attached.session.child('frame-1').on('Page.windowOpen', ({ url }) => received.push(`frame ${url}`));
    cdp.tell('Page.windowOpen', { url: 'a' });
    cdp.tell('Page.windowOpen', { url: 'b' }, 'frame-1');
    cdp.tell('Page.windowOpen', { url: 'c' }, 'frame-2');
    expect(received).toEqual(['page a', 'frame b']);
  });

  it('stops listening on request', () => {
    let received = 0;
    const stop = attached.session.on('Page.loadEventFired', () => (received += 1));
    cdp.tell('Page.loadEventFired', {});
    stop();
    cdp.tell('Page.loadEventFired', {});
    expect(received).toBe(1);
  });

  it('forgets the listeners of frames that are gone, of which a page may make any number', () => {
    attached.session.on('Page.loadEventFired', () => undefined);
    for (let at = 0; at < 1_000; at += 1) {
      attached.session.child(`frame-${at}`).on('Page.frameNavigated', () => undefined);
      cdp.tell('Target.detachedFromTarget', { sessionId: `frame-${at}` });
    }
    expect(attached.listening).toBe(1);
  });

  it('rejects with the command’s name when Chromium refuses', async () => {
    cdp.answers.set('Page.enable', () => Promise.reject(new Error('not allowed')));
    await expect(attached.session.send('Page.enable')).rejects.toThrow('Page.enable: not allowed');
    await expect(attached.session.send('Page.enable')).rejects.toBeInstanceOf(CdpError);
  });

  it('rejects when no answer comes in ten seconds', async () => {
    cdp.answers.set('Page.enable', never);
    const refused = expect(attached.session.send('Page.enable')).rejects.toThrow('no answer in 10000 ms');
    await clock.advance(10_000);
    await refused;
  });

  it('rejects pending and later commands when the target is gone', async () => {
    cdp.answers.set('Page.enable', never);
    const refused = expect(attached.session.send('Page.enable')).rejects.toThrow('the session is gone (target closed)');
    cdp.fire('detach', {}, 'target closed');
    await refused;
    await expect(attached.session.send('DOM.enable')).rejects.toThrow('the session is gone');
    expect(lost).toEqual(['target closed']);
  });

  it('does not report a loss when we detach ourselves', () => {
    attached.detach();
    expect({ lost, attached: cdp.attached }).toEqual({ lost: [], attached: false });
  });

  it('ignores muted events in the page and in its frames', () => {
    const received: string[] = [];
    const session = withoutEvents(attached.session, new Set(['Page.windowOpen']));
    session.on('Page.windowOpen', () => received.push('window'));
    session.child('frame-1').on('Page.windowOpen', () => received.push('window in a frame'));
    session.on('Page.loadEventFired', () => received.push('load'));
    cdp.tell('Page.windowOpen', {});
    cdp.tell('Page.windowOpen', {}, 'frame-1');
    cdp.tell('Page.loadEventFired', {});
    expect(received).toEqual(['load']);
  });
});
