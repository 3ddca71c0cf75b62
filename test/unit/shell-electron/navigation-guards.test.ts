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

beforeEach(() => {
  contents = new FakeContents();
  policy = policyOf('https://caf.test/');
  blocked = [];
  guardNavigation(contents, {
    policy: () => policy,
    onBlocked: (request) => blocked.push(request),
    holdMade: ({ url }) => url.startsWith('blob:'),
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

  it('holds an allowed navigation whose document type is unknown', () => {
    policy = policyOf('blob:https://caf.test/');
    expect(contents.fire(event, { url: 'blob:https://caf.test/1', isMainFrame: true }).defaultPrevented).toBe(true);
    expect(contents.fire(event, { url: 'blob:https://evil.test/1', isMainFrame: true }).defaultPrevented).toBe(true);
    expect(blocked).toEqual([{ kind: 'main-frame', url: 'blob:https://evil.test/1' }]);
  });

  it.each([true, false])('leaves what may be a document of another host to the gates (page: %s)', (isMainFrame) => {
    policy = { decide: () => ({ allow: false, reason: 'outside-journey', unlessDocument: true }) };
    expect(contents.fire(event, { url: 'https://stockage.test/a.pdf', isMainFrame }).defaultPrevented).toBe(false);
    expect(blocked).toEqual([]);
  });

  it('lets nothing pass before a journey was chosen', () => {
    policy = undefined;
    expect(contents.fire(event, { url: 'https://caf.test/', isMainFrame: true }).defaultPrevented).toBe(true);
  });

  it('stops the page when the policy throws, and rethrows the error', () => {
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

it('opens no window and loads nothing: this event does not say whether a user gesture asked', () => {
  for (const url of ['https://caf.test/aide', 'https://evil.test/', 'file:///', 'javascript:alert(1)', ''])
    expect(contents.openWindow(url)).toEqual({ action: 'deny' });
  expect({ loads: contents.loads, blocked }).toEqual({ loads: [], blocked: [] });
});
