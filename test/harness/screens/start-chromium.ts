/** A headless browser for our own screens, run as an unprivileged account. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOBODY = 65_534;

export async function startChromium(): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'screens-'));
  const root = process.getuid?.() === 0;
  if (root) chownSync(home, NOBODY, NOBODY);
  const args = [
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${home}`,
    '--hide-scrollbars=false',
    'about:blank',
  ];
  const [command, full] = root
    ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', 'chromium', ...args]]
    : ['chromium', args];
  const child = spawn(command, full, {
    env: { ...process.env, HOME: home, TMPDIR: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const endpoint = await new Promise<string>((found, failed) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const match = /DevTools listening on (ws:\S+)/.exec(said);
      if (match?.[1]) found(match[1]);
    });
    child.once('exit', () => failed(new Error(`chromium did not start: ${said}`)));
  });
  return {
    endpoint,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill();
        await gone;
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
