/** A decoder script for tests that plays a compromised decoder: it tries what a hostile file would make it do. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import sharp from 'sharp';
import { serveDecoder, DecoderRefusal } from '../../../main/platform/decoders/serve.ts';

const kept: unknown[] = [];

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

serveDecoder({
  async account() {
    return { uid: process.getuid?.(), env: Object.keys(process.env).toSorted() };
  },
  readByNode: ({ path }: { path: string }) => readFile(path).then(() => 'read', codeOf),
  /** Native code bypasses Node's permission checks; only the kernel can stop it. */
  readByNative: ({ path }: { path: string }) =>
    sharp(path)
      .metadata()
      .then(
        () => 'read',
        () => 'refused',
      ),
  writeByNative: ({ path }: { path: string }) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toFile(path)
      .then(
        () => 'written',
        () => 'refused',
      ),
  connect: ({ port, path }: { port?: number; path?: string }) =>
    new Promise<string>((resolve) => {
      const socket = path === undefined ? connect(port ?? 0, '127.0.0.1') : connect(path);
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error) => resolve(codeOf(error)));
    }),
  signal: async ({ pid }: { pid: number }) => {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      return codeOf(error);
    }
  },
  /** Allocates outside the V8 heap, as pictures do. */
  async eat({ megabytes }: { megabytes: number }) {
    for (let at = 0; at < megabytes; at += 16) {
      kept.push(Buffer.alloc(16 * 1024 * 1024, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return 'eaten';
  },
  /** Allocates everything at once, between two memory checks of the parent. */
  gulp: async ({ megabytes }: { megabytes: number }) => {
    for (let at = 0; at < megabytes; at += 64) kept.push(Buffer.alloc(64 * 1024 * 1024, 1));
    return kept.length;
  },
  spin: async () => {
    for (;;) kept.length = 0;
  },
  answer: async ({ megabytes }: { megabytes: number }) => new Uint8Array(megabytes * 1024 * 1024),
  echo: async (args: unknown) => args,
  refuse: () => Promise.reject(new DecoderRefusal('locked')),
});
