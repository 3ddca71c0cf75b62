/** Sets up the suite on the Shell in memory, with the few sites that the suite visits. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedRequest } from '../../fixtures/sites/serve.ts';
import { createMemoryShell } from '../../fakes/memory-shell.ts';
import type { ShellFixture } from './fixture.ts';

export type { ShellFixture } from './fixture.ts';

export const shellName: string = 'memory';

export const openFixture = async (): Promise<ShellFixture> => {
  const folder = mkdtempSync(join(tmpdir(), 'pns-'));
  const log: LoggedRequest[] = [];
  const { shell } = createMemoryShell({
    keyOf: () => `${'B'.repeat(43)}=`,
    answer({ url, cookies }) {
      const path = `${url.pathname}${url.search}`;
      log.push({ host: url.hostname, method: 'GET', path, cookies, destination: 'document', ledBy: 'none' });
      return {
        status: path === '/chargements/503' ? 503 : 200,
        cookies: path === '/connexion' ? { session: 'a' } : {},
      };
    },
  });
  return {
    shell,
    sites: { log },
    folder,
    async close() {
      await shell.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
