/** Which authorities may sign for the service of a bucket: Node's own, and those that IT added to this system. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAuthority, makeCertificate } from '../../fixtures/sites/certificate.ts';

const main = join(import.meta.dirname, '../../../main');
const ASKS = `
const { openBucket } = await import(${JSON.stringify(join(main, 'features/usage/region-s3.ts'))});
const { systemFiles } = await import(${JSON.stringify(join(main, 'platform/files.ts'))});
const place = await openBucket(systemFiles, 's3://chiffres', process.env);
const listed = await place.value.list('');
await place.value.close();
console.log(listed.error);`;

const authority = await makeAuthority('Inspection du réseau');
let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pn-s3-authorities-'));
  const { key, cert } = await makeCertificate(['localhost'], undefined, authority);
  server = createServer({ key, cert }, (_request, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** The service refuses every request, so a command whose TLS handshake succeeds says `denied`. */
const answerOn = async (system: string): Promise<string> => {
  writeFileSync(join(folder, 'system.crt'), system);
  const { port } = server.address() as AddressInfo;
  // In a process of its own: Node reads the system's authorities once. OpenSSL takes their place from these variables.
  const asking = spawn(process.execPath, ['--input-type=module', '--eval', ASKS], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      SSL_CERT_FILE: join(folder, 'system.crt'),
      SSL_CERT_DIR: folder,
      AWS_ENDPOINT_URL: `https://localhost:${port}`,
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  });
  return (await text(asking.stdout)).trim();
};

describe('the service of a bucket', () => {
  it('is believed when an authority of the system signed its certificate', async () => {
    expect(await answerOn(authority.cert)).toBe('denied');
  });

  it('is not believed when the system does not know the authority', async () => {
    expect(await answerOn((await makeAuthority('Une autre')).cert)).toBe('away');
  });
});
