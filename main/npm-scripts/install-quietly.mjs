import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownServices } from './packages.mjs';

/** Asked by every package before it starts a service, where there is no systemd to ask (policy-rc.d of Debian). */
const POLICY = '/usr/sbin/policy-rc.d';

const policyFor = (units) => `#!/bin/sh
case "$1" in
${units.map((unit) => `  ${unit.replace(/\.(service|socket)$/, '')}) exit 101 ;;`).join('\n')}
esac
exit 0
`;

/**
 * Installs packages without starting the services that only tests use: a mail server on the public ports of a
 * developer's PC would be a surprise. With systemd they stay masked, or the next boot would start them.
 */
export const installQuietly = (missing, { asRoot, exists = existsSync }) => {
  const units = missing.flatMap((name) => ownServices[name] ?? []);
  const install = () => asRoot('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (units.length === 0) return install();
  if (exists('/run/systemd/system')) {
    asRoot('systemctl', ['mask', '--quiet', ...units]);
    return install();
  }
  if (exists(POLICY)) return install(); // an image that forbids services has its own
  const folder = mkdtempSync(join(tmpdir(), 'pn-setup-'));
  try {
    writeFileSync(join(folder, 'policy'), policyFor(units));
    asRoot('install', ['-m', '755', join(folder, 'policy'), POLICY]);
    install();
  } finally {
    asRoot('rm', ['-f', POLICY]);
    rmSync(folder, { recursive: true, force: true });
  }
  return undefined;
};
