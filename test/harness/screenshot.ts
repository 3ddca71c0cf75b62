/** Takes a screenshot of the whole display: our screens with the site on top of them. */
import { execFileSync } from 'node:child_process';

export const takeScreenshot = (display: string, file: string): void => {
  execFileSync('scrot', ['--overwrite', '--silent', file], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
};
