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

const SYSTEMD = '/run/systemd/system';
const unitsOf = (missing) => missing.flatMap((name) => ownServices[name] ?? []);

/** The same for a person to type, as root. Without systemd, the services are started. */
export const installLine = (missing, { exists = existsSync } = {}) => {
  const units = exists(SYSTEMD) ? unitsOf(missing) : [];
  return [
    ...(units.length > 0 ? [`systemctl mask ${units.join(' ')}`] : []),
    'apt-get update',
    `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${missing.join(' ')}`,
  ].join('; ');
};

/**
 * Installs packages without starting the services that only tests use: nobody expects a mail server on the public ports
 * of a developer's PC. With systemd the services stay masked, otherwise the next boot would start them.
 */
export const installQuietly = (missing, { asRoot, exists = existsSync }) => {
  const units = unitsOf(missing);
  const install = () => asRoot('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (units.length === 0) return install();
  if (exists(SYSTEMD)) {
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
