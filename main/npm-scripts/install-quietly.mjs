import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownServices } from './packages.mjs';

/** Without systemd, every package asks this script before it starts a service (policy-rc.d of Debian). */
const POLICY = '/usr/sbin/policy-rc.d';

const policyFor = (units) => `#!/bin/sh
case "$1" in
${units.map((unit) => `  ${unit.replace(/\.(service|socket)$/, '')}) exit 101 ;;`).join('\n')}
esac
exit 0
`;

/**
 * Installs packages without starting the services that only tests use: nobody expects a mail server on the public ports
 * of a developer's PC. With systemd the services stay masked, otherwise the next boot would start them.
 */
export const installQuietly = (missing, { asRoot, exists = existsSync }) => {
  const units = missing.flatMap((name) => ownServices[name] ?? []);
  const install = () => asRoot('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (units.length === 0) return install();
  if (exists('/run/systemd/system')) {
    asRoot('systemctl', ['mask', '--quiet', ...units]);
    return install();
  }
  if (exists(POLICY)) return install(); // an image that forbids services already has one
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
