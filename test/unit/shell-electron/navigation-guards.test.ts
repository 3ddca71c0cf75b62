import type { LoadURLOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardNavigation } from '../../../main/shell/electron/navigation-guards.ts';
import type { GuestPolicy, GuestRequest } from '../../../main/shell/port.ts';
import { FakeContents } from '../../fakes/electron/fake-contents.ts';

const policyOf = (allowed: string): GuestPolicy => ({
  decide: ({ url }) => (url.startsWith(allowed) ? { allow: true } : { allow: false, reason: 'outside-journey' }),
});

let contents: FakeContents;
let policy: GuestPolicy | undefined;
let blocked: GuestRequest[];
let opened: { url: string; options: LoadURLOptions }[];

beforeEach(() => {
  contents = new FakeContents();
  policy = policyOf('https://caf.test/');
  blocked = [];
  opened = [];
  guardNavigation(contents, {
    policy: () => policy,
    onBlocked: (request) => blocked.push(request),
    holdMade: ({ url }) => url.startsWith('blob:'),
    open: (url, options) => opened.push({ url, options }),
  });
});

const EVENTS = ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const;

describe.each(EVENTS)('%s', (event) => {
  it.each([
    'https://evil.test/',
    'file:///etc/passwd',
    'chrome://settings',
    'data:text/html,x',
    'view-source:https://caf.test/',
  ])('stops the page on its way to %s', (url) => {
    expect(contents.fire(event, { url, isMainFrame: true }).defaultPrevented).toBe(true);
    expect(blocked).toEqual([{ kind: 'main-frame', url }]);
  });

  it('stops an inner frame by the rules for frames', () => {
    expect(contents.fire(event, { url: 'https://evil.test/', isMainFrame: false }).defaultPrevented).toBe(true);
    expect(blocked).toEqual([{ kind: 'frame', url: 'https://evil.test/' }]);
  });

  it('lets the journey go on', () => {
    expect(contents.fire(event, { url: 'https://caf.test/suite', isMainFrame: true }).defaultPrevented).toBe(false);
    expect(blocked).toEqual([]);
  });

  it('holds what may go on, to see what it is', () => {
    policy = policyOf('blob:https://caf.test/');
    expect(contents.fire(event, { url: 'blob:https://caf.test/1', isMainFrame: true }).defaultPrevented).toBe(true);
    expect(contents.fire(event, { url: 'blob:https://evil.test/1', isMainFrame: true }).defaultPrevented).toBe(true);
    expect(blocked).toEqual([{ kind: 'main-frame', url: 'blob:https://evil.test/1' }]);
  });

  it('lets nothing pass before a journey was chosen', () => {
    policy = undefined;
    expect(contents.fire(event, { url: 'https://caf.test/', isMainFrame: true }).defaultPrevented).toBe(true);
  });

  it('stops the page when the policy itself breaks, and lets the bug be seen', () => {
    policy = {
      decide: () => {
        throw new Error('broken policy');
      },
    };
    let prevented = false;
    expect(() =>
      contents.fire(event, {
        url: 'https://caf.test/',
        isMainFrame: true,
        preventDefault: () => (prevented = true),
      }),
    ).toThrow('broken policy');
    expect(prevented).toBe(true);
  });
});

describe('a new window', () => {
  it('never opens, and goes to the same view when the journey covers it', () => {
    expect(contents.openWindow('https://caf.test/aide')).toEqual({ action: 'deny' });
    expect(opened.map(({ url }) => url)).toEqual(['https://caf.test/aide']);
  });

  it.each(['https://evil.test/', 'file:///', 'javascript:alert(1)', 'mailto:a@b.test'])(
    'to %s is refused and told',
    (url) => {
      expect(contents.openWindow(url)).toEqual({ action: 'deny' });
      expect({ opened, blocked }).toEqual({ opened: [], blocked: [{ kind: 'main-frame', url }] });
    },
  );

  it.each(['', 'about:blank'])('with no address (%j) is refused without a word', (url) => {
    expect(contents.openWindow(url)).toEqual({ action: 'deny' });
    expect({ opened, blocked }).toEqual({ opened: [], blocked: [] });
  });

  it('keeps the fields of a form that was sent to it', () => {
    const data = [{ type: 'rawData' as const, bytes: Buffer.from('a=1') }];
    contents.openWindow('https://caf.test/envoi', {
      postBody: { contentType: 'multipart/form-data', boundary: 'xyz', data },
    });
    expect(opened[0]?.options).toMatchObject({
      postData: data,
      extraHeaders: 'content-type: multipart/form-data; boundary=xyz',
    });
  });
});
