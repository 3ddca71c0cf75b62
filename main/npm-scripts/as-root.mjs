import { execFileSync } from 'node:child_process';
import { installLine } from './install-quietly.mjs';

const FRONTEND = { DEBIAN_FRONTEND: 'noninteractive' };
const PROXY = ['http_proxy', 'https_proxy', 'no_proxy'];

/**
 * sudo drops most of the environment. Without these, debconf would ask a question that nobody sees, and wait for ever;
 * and apt would not find the proxy.
 */
const throughSudo = (env) =>
  Object.entries({ ...FRONTEND, ...Object.fromEntries(PROXY.map((name) => [name, env[name]])) })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`);

/**
 * Returns what runs a program as root, through sudo if we are not root. Debian installs no sudo when it was given a
 * password for root, and sudo refuses who is not in its group, so then the error says what to type instead.
 */
export const rootFor = (missing, { isRoot, command, run = execFileSync, env = process.env, exists }) => {
  // Each step was already announced, so show only apt's errors.
  const stdio = ['inherit', 'ignore', 2];
  if (isRoot) return (program, args) => void run(program, args, { stdio, env: { ...env, ...FRONTEND } });
  try {
    run('sudo', ['true'], { stdio });
  } catch (cause) {
    throw new Error(
      `only an administrator may install packages, and sudo is missing, or refuses this account. Type these two lines:
  su - -c "${installLine(missing, { exists })}"
  ${command}`,
      { cause },
    );
  }
  return (program, args) => void run('sudo', ['env', ...throughSudo(env), program, ...args], { stdio });
};
