import { expect, it } from 'vitest';
import { openOneSite } from './one-site.ts';

const FORM = 'https://wwwd.caf.fr/rsa/suite';

it.each([
  ['is today’s', Date.UTC(2026, 9, 25), 'certificate'],
  ['is that of an empty battery', Date.UTC(2015, 0, 1), 'clock'],
  ['is far in the future', Date.UTC(2098, 0, 1), 'clock'],
])(
  'a refused certificate is blamed on the site only where the machine’s date can be right: it %s',
  async (_date, wallMs, fault) => {
    const { site, cover, clock } = await openOneSite();
    clock.jumpWall(wallMs - clock.now());
    site.tell({ kind: 'load-failed', url: FORM, fault: 'certificate' });
    expect(cover()).toEqual({ kind: 'unreachable', fault });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused' });
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'refused' });
  },
);
