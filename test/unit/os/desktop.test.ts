import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const os = join(import.meta.dirname, '../../../resources/os/linux');
const openbox = readFileSync(join(os, 'openbox/rc.xml'), 'utf8');
const xorg = readFileSync(join(os, 'xorg/10-point-numerique.conf'), 'utf8');

describe('openbox of an installed kiosk', () => {
  it('has no key or button that does more than focus', () => {
    const actions = new Set([...openbox.matchAll(/<action name="(\w+)"/g)].map(([, name]) => name));
    expect([...actions]).toEqual(['Focus']);
  });

  it('has no menu, no command and one desktop', () => {
    expect(openbox).not.toMatch(/<file>|<execute>|<command>/);
    expect(openbox).toMatch(/<menu\s*\/>/);
    expect(openbox).toMatch(/<number>1<\/number>/);
  });

  it.each(['A-F4', 'A-Tab', 'A-space', 'C-A-Delete', 'C-A-BackSpace', 'C-A-F1', 'Super_L', 'Print'])(
    'swallows %s',
    (key) => {
      expect(openbox).toContain(`<keybind key="${key}">`);
    },
  );
});

describe('X of an installed kiosk', () => {
  it.each(['DontVTSwitch', 'DontZap', 'DontZoom'])('sets %s', (name) => {
    expect(xorg).toMatch(new RegExp(`Option "${name}" "true"`));
  });

  it('has a keyboard whose Caps Lock writes digits on the top row, and which has no keys of the server', () => {
    expect(xorg).toMatch(/^ +Option "XkbLayout" "fr"$/m);
    expect(xorg).toMatch(/^ +Option "XkbOptions" "srvrkeys:none,caps:digits_row"$/m);
  });

  it('closes every section it opens', () => {
    expect(xorg.match(/^Section /gm)?.length).toBe(xorg.match(/^EndSection/gm)?.length);
  });
});
