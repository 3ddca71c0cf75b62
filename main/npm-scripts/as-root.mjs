import { execFileSync } from 'node:child_process';

/**
 * Returns what runs a program as root, through sudo if we are not root. Debian installs no sudo when it was given a
 * password for root, so then the error says what to type instead.
 */
export const rootFor = (missing, { isRoot, run = execFileSync }) => {
  return (program, args) => {
    try {
      // Each step was already announced, so show only apt's errors.
      run(isRoot ? program : 'sudo', isRoot ? args : [program, ...args], {
        stdio: ['inherit', 'ignore', 2],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    } catch (error) {
      // EACCES: a folder of the PATH that this account may not enter.
      if (isRoot || !['ENOENT', 'EACCES'].includes(error.code)) throw error;
      throw new Error(
        `only an administrator may install packages, and this PC has no sudo. Type these two lines, then start again:
  su - -c "apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}"
  npm start`,
        { cause: error },
      );
    }
  };
};
