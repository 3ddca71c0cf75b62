/** A picture of the whole display, as a person in front of it sees it: our screens and the site over them. */
import { execFileSync } from 'node:child_process';

export const takeScreenshot = (display: string, file: string): void => {
  execFileSync('scrot', ['--overwrite', '--silent', file], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
};
