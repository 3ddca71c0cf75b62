/** Serves `https://kiosk.localhost/`: the built screens and the bytes of features, and nothing else. */
import type { Bytes } from '../shell/port.ts';
import type { Files } from '../platform/files.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  json: 'application/json',
};

/** The file names of a build: no `..`, no separator other than `/`, no hidden files. */
const SAFE_PATH = /^\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

export interface ServeDeps {
  readonly files: Files;
  /** The folder of the built screens. */
  readonly screens: string;
  readonly bytes: Readonly<Record<string, ((path: string) => Promise<Bytes | undefined>) | undefined>>;
}

export interface ScreenServer {
  serve(path: string): Promise<Bytes | undefined>;
  /** Clears the cache, because the screens were rebuilt. */
  forget(): void;
}

export const createScreenServer = (deps: ServeDeps): ScreenServer => {
  const cache = new Map<string, Bytes>();
  const serve = async (requested: string): Promise<Bytes | undefined> => {
    const path = requested === '/' ? '/index.html' : requested;
    const [, first, feature, ...rest] = path.split('/');
    if (first === 'bytes' && feature !== undefined) {
      return Object.hasOwn(deps.bytes, feature) ? deps.bytes[feature]?.(rest.join('/')) : undefined;
    }
    if (!SAFE_PATH.test(path)) return undefined;
    const known = cache.get(path);
    if (known) return known;
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    if (type === undefined) return undefined;
    const read = await deps.files.readBytes(`${deps.screens}${path}`);
    if (!read.ok) return undefined;
    const bytes = { type, body: read.value };
    cache.set(path, bytes);
    return bytes;
  };
  return { serve, forget: () => cache.clear() };
};
