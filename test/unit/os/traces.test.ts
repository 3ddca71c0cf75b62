/** What the services of an installed Linux kiosk would keep of a person stays in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const os = join(import.meta.dirname, '../../../resources/os/linux');
const read = (file: string): string => readFileSync(join(os, file), 'utf8');
describe('an installed kiosk', () => {
  it.each([
    ['/var/spool/cups', 'cups.service'],
    ['/media', 'udisks2.service'],
    ['/var/lib/udisks2', 'udisks2.service'],
  ])('has %s in memory before %s starts', (where, service) => {
    // systemd refuses a mount whose file has another name than its place.
    const unit = read(`systemd/${where.slice(1).replaceAll('/', '-')}.mount`);
    expect(unit).toMatch(new RegExp(`^What=tmpfs\\nWhere=${where}\\nType=tmpfs$`, 'm'));
    expect(unit).toMatch(new RegExp(`^Before=${service}$`, 'm'));
    expect(unit).toMatch(new RegExp(`^RequiredBy=${service}$`, 'm'));
  });

  it('has its journal in memory, and CUPS writes no time of a job', () => {
    expect(read('systemd/journald-point-numerique.conf')).toMatch(/^\[Journal\]\n(#.*\n)*Storage=volatile$/m);
    expect(read('cups/cupsd-point-numerique.conf')).toMatch(/^PageLogFormat$[^]*^AccessLogLevel config$/m);
  });
});
