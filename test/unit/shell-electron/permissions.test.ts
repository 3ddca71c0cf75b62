import { describe, expect, it } from 'vitest';
import { guestMay, guestPermissions, kioskMay } from '../../../main/shell/electron/permissions.ts';

const ALLOWED = ['clipboard-sanitized-write', 'storage-access'];
const names = Object.keys(guestPermissions);

describe('permissions', () => {
  it.each(names.filter((name) => !ALLOWED.includes(name)))('refuses %s to a site', (name) => {
    expect(guestMay(name)).toBe(false);
  });

  it.each(ALLOWED)('allows %s to a site', (name) => {
    expect(guestMay(name)).toBe(true);
  });

  it.each(['a-permission-of-tomorrow', '', 'constructor', '__proto__', 'toString', 'CLIPBOARD-SANITIZED-WRITE'])(
    'refuses an unknown permission: %j',
    (name) => {
      expect(guestMay(name)).toBe(false);
    },
  );

  it.each(names)('refuses %s to our own screens, which need none', (name) => {
    expect(kioskMay(name)).toBe(false);
  });

  it('has a reason on each line', () => {
    expect(Object.values(guestPermissions).filter(({ why }) => why.length < 10)).toEqual([]);
  });
});
