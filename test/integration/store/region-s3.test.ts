/**
 * A region's store in a bucket of a real S3 server on the loopback: signatures, conditional requests, wrong clocks, a
 * network that fails.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectCommand } from '../../../main/features/usage/collect-command.ts';
import { openPlace, type StorePlace } from '../../../main/features/usage/region-place.ts';
import { openBucket } from '../../../main/features/usage/region-s3.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { deliverTo, trusting } from '../../fixtures/region-share.ts';
import { sampleKnown } from '../../unit/usage/sample-site.ts';

let root: string;
let server: ChildProcess;
let port: number;
let proxy: Server;
const open = new Set<Socket>();
/** Request heads received. */
const asked: string[] = [];
/** Number of bytes after which the response to this request is cut; undefined for no cut. */
let cutAfter: ((head: string) => number | undefined) | undefined;
/** A response to send instead of the server's; undefined to pass the request on. */
let refused: ((head: string) => string | undefined) | undefined;
let env: Record<string, string>;
let said: { out: string; err: string };
const io = { out: { write: (text: string) => void (said.out += text) }, err: { write: (text: string) => void (said.err += text) } }; // prettier-ignore
const BUCKET = 'chiffres';
const STORE = `s3://${BUCKET}/allier/2026`;

const collect = (from: string, trust: string, to = STORE, change: Record<string, string> = {}): Promise<number> => {
  said = { out: '', err: '' };
  return collectCommand(['--from', from, '--trust', trust, '--to', to], io, { files: systemFiles, env: { ...env, ...change } }); // prettier-ignore
};
const report = (argv: readonly string[], change: Record<string, string> = {}): Promise<number> => {
  said = { out: '', err: '' };
  return reportCommand(argv, io, {
    files: systemFiles,
    now: () => Date.UTC(2026, 10, 25, 12),
    known: sampleKnown,
    place: 'MSD de Moulins',
    departement: 'Tous les lieux',
    thresholds: { inside: 1, published: 11 },
    fonts: async () => undefined,
    env: { ...env, ...change },
    site: async () => ({ ok: false, error: 'none' }),
  });
};
const client = (): S3Client =>
  new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
const keys = async (): Promise<string[]> => {
  const { Contents = [] } = await client().send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key = '' }) => Key);
};
const shareOf = async (name: string, kiosks: readonly string[], seed: number) => {
  const [share, trust] = [join(root, `partage-${name}`), join(root, `registre-${name}`)];
  mkdirSync(share);
  const recipient = await trusting(root, trust, kiosks);
  for (const [at, kiosk] of kiosks.entries()) await deliverTo({ root, share, recipient }, kiosk, seed + at, '2026-W42');
  return { share, trust, recipient };
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'region-s3-'));
  mkdirSync(join(root, 's3'));
  const script = join(import.meta.dirname, 's3-server.ts');
  server = spawn(process.execPath, [script, join(root, 's3'), BUCKET], { stdio: ['pipe', 'pipe', 'inherit'] });
  port = await new Promise((resolve) => server.stdout?.once('data', (said) => resolve(Number(String(said)))));
  cutAfter = undefined;
  refused = undefined;
  asked.length = 0;
  proxy = createServer((one) => relay(one));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port: at } = proxy.address() as AddressInfo;
  env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${at}`, AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
});
afterEach(async () => {
  vi.useRealTimers();
  for (const one of open) one.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  server.stdin?.end();
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(root, { recursive: true, force: true });
});

/** A proxy between client and server that records requests, cuts responses, or refuses requests itself. */
const relay = (one: Socket): void => {
  const other = connect(port, '127.0.0.1');
  let left: number | undefined;
  open.add(one);
  for (const socket of [one, other]) socket.on('error', () => undefined);
  one.on('data', (bytes: Buffer) => {
    const head = bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';
    if (/^[A-Z]+ [^ ]+ HTTP/.test(head)) {
      asked.push(head);
      left = cutAfter?.(head);
      if (left === 0) return void one.destroy();
      const answer = refused?.(head);
      if (answer !== undefined) return void one.end(answer);
    }
    other.write(bytes);
  });
  one.on('close', () => (open.delete(one), other.destroy()));
  other.on('close', () => one.end());
  other.on('data', (bytes: Buffer) => {
    if (left === undefined) return void one.write(bytes);
    one.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (left <= 0) one.destroy();
  });
};
const no = (status: string, code: string): string => {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>no</Message></Error>`;
  return `HTTP/1.1 ${status}\r\ncontent-type: application/xml\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
};
const opened = async (): Promise<StorePlace> => {
  const place = await openPlace(systemFiles, STORE, env);
  if (!place.ok) throw new Error(place.error);
  return place.value;
};
const ofAll = (all: readonly string[]) => {
  const many = (shape: RegExp): number => all.filter((key) => shape.test(key)).length;
  return {
    marks: many(/magasin\.json$/),
    registers: many(/bornes-[0-9a-f]{16}\.json$/),
    cells: many(/[0-9a-f]\.parquet$/),
    digests: many(/\.digest\.parquet$/),
  };
};
const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('point-numerique-s3-'));

describe('a store in a bucket', { timeout: 120_000 }, () => {
  it('accepts several départements at once, and shows the same as a store in a folder', async () => {
    const [a, b] = [await shareOf('a', ['moulins', 'vichy'], 1), await shareOf('b', ['vichy', 'gannat'], 5)];
    const before = leftBehind();
    expect(await Promise.all([collect(a.share, a.trust), collect(b.share, b.trust)])).toEqual([0, 0]);
    for (const one of [a, b]) expect(await collect(one.share, one.trust, join(root, 'dossier'))).toBe(0);
    for (const period of [
      ['--week', '2026-W46'],
      ['--month', '2026-10'],
      ['--year', '2026', '--so-far'],
    ]) {
      expect(await report(['--from', join(root, 'dossier'), ...period, '--json'])).toBe(0);
      const ofFolder = said.out;
      expect(await report(['--from', STORE, ...period, '--json'])).toBe(0);
      expect(said.out).toBe(ofFolder);
    }
    expect(ofAll(await keys())).toEqual({ marks: 1, registers: 2, cells: 4, digests: 4 });
    expect(leftBehind()).toEqual(before);
  });

  it('adds new objects, changes none, and fetches only the digests of the months shown', async () => {
    const { share, trust, recipient } = await shareOf('a', ['moulins'], 1);
    rmSync(join(share, readdirSync(share).find((name) => name.includes('W47')) ?? ''));
    expect(await collect(share, trust)).toBe(0);
    const before = await keys();
    await deliverTo({ root, share, recipient }, 'moulins', 1, '2026-W42');
    asked.length = 0;
    expect(await collect(share, trust)).toBe(0);
    expect(said.out).toContain('ajoutées au magasin : 1. Déjà là : 5.');
    const put = asked
      .filter((line) => line.startsWith('PUT'))
      .map((line) => decodeURIComponent(line.split(' ')[1]?.split('?')[0] ?? ''));
    expect(put.filter((path) => path.includes('mois='))).toHaveLength(2);
    // Only the Département's own list of names may be overwritten.
    expect(put.filter((path) => before.some((key) => path.endsWith(key) && !key.includes('bornes-')))).toEqual([]);
    asked.length = 0;
    expect(await report(['--from', STORE, '--week', '2026-W43', '--json'])).toBe(0);
    const got = asked.filter((line) => line.startsWith('GET') && line.includes('.parquet'));
    expect(got).toHaveLength(1);
    expect(decodeURIComponent(got[0] ?? '')).toMatch(/mois=2026-10\/[^ ]*\.digest\.parquet/);
  });

  it.each([
    ['a wrong key', { AWS_SECRET_ACCESS_KEY: 'autre' }, STORE, 'refuse ces clés'],
    ['an unknown key', { AWS_ACCESS_KEY_ID: 'AUTRE' }, STORE, 'refuse ces clés'],
    ['no bucket', {}, 's3://pas-la/region', 'Ce seau (« bucket ») n’existe pas'],
    ['nobody there', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, STORE, 'Le service ne répond pas'],
    ['an address that is none', { AWS_ENDPOINT_URL: 'chez-nous' }, STORE, 'AWS_ENDPOINT_URL'],
  ])('says what is wrong: %s', async (_, change, to, sentence) => {
    const { share, trust } = await shareOf('a', ['moulins'], 1);
    expect(await collect(share, trust, to, change)).toBe(1);
    expect(said.err).toContain(sentence);
    expect(await report(['--from', to], change)).toBe(1);
    expect(said.err).toContain(sentence);
    expect(await keys()).toEqual([]);
  });

  it('puts each object on condition that its name is free', async () => {
    const place = await opened();
    await place.write('mois=2026-11/un', Buffer.from('premier'), true);
    await place.close();
    expect(asked.at(-1)).toMatch(/^PUT [^ ]*un/);
    expect(asked.at(-1)).toMatch(/\r\nif-none-match: \*(\r\n|$)/i);
  });

  it('accepts an existing object with the same content as its own write whose response was lost, and overwrites nothing', async () => {
    await client().send(new PutObjectCommand({ Bucket: BUCKET, Key: 'allier/2026/mois=2026-11/un', Body: 'premier' }));
    refused = (head) => (head.startsWith('PUT') ? no('412 Precondition Failed', 'PreconditionFailed') : undefined);
    const place = await opened();
    expect(await place.write('mois=2026-11/un', Buffer.from('premier'), true)).toEqual({ ok: true, value: null });
    expect(await place.write('mois=2026-11/un', Buffer.from('autre chose'), true)).toEqual({ ok: false, error: 'unwritable' }); // prettier-ignore
    await place.close();
  });

  it('works with a service without conditional requests', async () => {
    refused = (head) => (/if-none-match/i.test(head) ? no('501 Not Implemented', 'NotImplemented') : undefined);
    const { share, trust } = await shareOf('a', ['moulins'], 1);
    expect(await collect(share, trust)).toBe(0);
    expect(ofAll(await keys())).toEqual({ marks: 1, registers: 1, cells: 2, digests: 2 });
  });

  it('works with a clock that is days off, by using the service’s time', async () => {
    const { share, trust } = await shareOf('a', ['moulins'], 1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 86_400_000 });
    expect([await collect(share, trust), said.err]).toEqual([0, '']);
    expect(await report(['--from', STORE, '--week', '2026-W46'])).toBe(0);
  });

  it('reports an error when the service rejects the clock', async () => {
    const { share, trust } = await shareOf('a', ['moulins'], 1);
    refused = () => no('403 Forbidden', 'RequestTimeTooSkewed');
    expect(await collect(share, trust)).toBe(1);
    expect(said.err).toContain('Réglez son horloge');
  });

  it.each([1, 2, 3, 4, 5])(
    'loses nothing when the network fails at write number %i: the next run adds the rest, once',
    async (good) => {
      const { share, trust } = await shareOf('a', ['moulins', 'vichy'], 1);
      let writes = 0;
      // The write may reach the server or not, but its response is lost.
      cutAfter = (head) => (head.startsWith('PUT') && (writes += 1) > good ? 0 : writes > good ? 0 : undefined);
      expect(await collect(share, trust)).toBe(1);
      expect(said.err).toContain('Rien n’est perdu');
      cutAfter = undefined;
      expect(await collect(share, trust)).toBe(0);
      expect(await collect(share, trust, join(root, 'dossier'))).toBe(0);
      for (const period of [
        ['--week', '2026-W46'],
        ['--month', '2026-10'],
      ]) {
        expect(await report(['--from', join(root, 'dossier'), ...period, '--json'])).toBe(0);
        const whole = said.out;
        expect(await report(['--from', STORE, ...period, '--json'])).toBe(0);
        expect(said.out).toBe(whole);
      }
    },
  );

  it('counts a week once when its write succeeded but the response was lost', async () => {
    const { share, trust } = await shareOf('a', ['moulins'], 1);
    let lost = 0;
    cutAfter = (head) => (head.startsWith('PUT') && head.includes('.parquet') && (lost += 1) <= 2 ? 5 : undefined);
    expect(await collect(share, trust)).toBe(0);
    expect(lost).toBeGreaterThan(2);
    expect(ofAll(await keys())).toEqual({ marks: 1, registers: 1, cells: 2, digests: 2 });
  });

  it('reads an object again when the response was cut', async () => {
    const place = await opened();
    const content = Buffer.alloc(300_000, 'chiffres ');
    await place.write('mois=2026-11/gros', content, true);
    await place.close();
    let answers = 0;
    cutAfter = () => ((answers += 1) <= 2 ? 50_000 : undefined);
    const other = await opened();
    const near = await other.localPaths(['mois=2026-11/gros']);
    expect(near.ok && Buffer.compare(readFileSync(near.value[0] ?? ''), content)).toBe(0);
    expect(answers).toBe(3);
    await other.close();
  });

  it('stays within its disk limit on this machine, and leaves nothing afterwards', async () => {
    const place = await opened();
    for (const name of ['un', 'deux']) await place.write(`mois=2026-11/${name}`, Buffer.alloc(600), true);
    await place.close();
    const small = await openBucket(systemFiles, STORE, env, 1_000);
    if (!small.ok) throw new Error(small.error);
    expect(await small.value.localPaths(['mois=2026-11/un', 'mois=2026-11/deux'])).toEqual({
      ok: false,
      error: 'too-large',
    });
    expect(existsSync(small.value.folder)).toBe(true);
    await small.value.close();
    expect(existsSync(small.value.folder)).toBe(false);
  });
});
