/**
 * A store in a bucket of any S3-compatible service. Objects are put whole, under unique names, and never over an
 * existing one. The objects that a report needs are downloaded into a private folder, which `close` removes.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';
import { tlsAuthorities } from '../../platform/network/tls-authorities.ts';
import type { Environment, PlaceFault, StorePlace } from './region-place.ts';
import { openRegionTemp } from './region-temp.ts';

/** The most that one command may download. The page of a year of 4,000 kiosks needs about 50 MB. */
export const MAX_FETCHED_BYTES = 2_000_000_000;
const AT_ONCE = 8;
const TRIES = 4;
const CONNECT_MS = 10_000;
const SILENT_MS = 30_000;

interface Address {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

const addressOf = (store: string): Address | undefined => {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?$/.exec(store);
  const [, bucket, path = ''] = found ?? [];
  if (bucket === undefined || /\p{C}/u.test(path)) return undefined;
  const prefix = path.replace(/^\/+|\/+$/g, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
};

type Sdk = typeof import('@aws-sdk/client-s3');

/** Uses the environment variables that every S3 tool reads. No other source: no file of the user, no network. */
const clientOf = (sdk: Sdk, env: Environment): Result<InstanceType<Sdk['S3Client']>, PlaceFault> => {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  if (!accessKeyId || !secretAccessKey) return fail('no-credentials');
  if (endpoint !== undefined && !/^https?:\/\/\S+$/.test(endpoint)) return fail('bad-address');
  return ok(
    new sdk.S3Client({
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
      region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
      // Services other than Amazon's rarely have a host name for each bucket.
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      // Not every service supports these checksums. TLS and the length check detect a truncated response.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: TRIES,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: SILENT_MS,
        throwOnRequestTimeout: true,
        httpsAgent: { ca: tlsAuthorities() },
      },
    }),
  );
};

const FAULTS: Readonly<Record<string, PlaceFault>> = {
  NoSuchBucket: 'no-bucket',
  NoSuchKey: 'missing',
  NotFound: 'missing',
  InvalidAccessKeyId: 'denied',
  SignatureDoesNotMatch: 'denied',
  InvalidToken: 'denied',
  ExpiredToken: 'denied',
  AccessDenied: 'denied',
  RequestTimeTooSkewed: 'clock',
  QuotaExceeded: 'unwritable',
};

/** Maps an error response to a fault. Without a response, the service counts as unreachable (`away`). */
const faultOf = (error: unknown): PlaceFault => {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return FAULTS[name] ?? (status === 401 || status === 403 ? 'denied' : status === 404 ? 'missing' : 'away');
};

const tried = async <T>(work: () => Promise<T>): Promise<Result<T, PlaceFault>> => {
  try {
    return ok(await work());
  } catch (error) {
    return fail(faultOf(error));
  }
};

export const openBucket = async (
  files: Files,
  store: string,
  env: Environment,
  mostBytes = MAX_FETCHED_BYTES,
): Promise<Result<StorePlace, PlaceFault>> => {
  const address = addressOf(store);
  if (!address) return fail('bad-address');
  let sdk: Sdk;
  try {
    sdk = await import('@aws-sdk/client-s3');
  } catch {
    // The kiosks' package leaves the SDK out.
    return fail('no-client');
  }
  const client = clientOf(sdk, env);
  if (!client.ok) return client;
  const cache = await openRegionTemp(files);
  return cache.ok ? ok(bucketPlace(files, sdk, client.value, address, cache.value, mostBytes)) : fail('unwritable');
};

const bucketPlace = (
  files: Files,
  sdk: Sdk,
  client: InstanceType<Sdk['S3Client']>,
  { bucket, prefix }: Address,
  cache: string,
  mostBytes: number,
): StorePlace => {
  const of = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` });
  let fetchedBytes = 0;
  const fetched = new Set<string>();

  const get = async (name: string, maxBytes: number): Promise<Uint8Array> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.send(new sdk.GetObjectCommand(of(name)));
      if ((answer.ContentLength ?? Infinity) > maxBytes) throw new TooLarge();
      try {
        const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
        if (bytes.length === answer.ContentLength) return bytes;
      } catch (error) {
        // The SDK only retries until a response begins. Retry a truncated body here.
        if (attempt === TRIES) throw error;
      }
      if (attempt === TRIES) throw new Error('an answer that was cut each time');
    }
  };
  const read = async (name: string, maxBytes: number): Promise<Result<Uint8Array, PlaceFault>> => {
    try {
      return ok(await get(name, maxBytes));
    } catch (error) {
      return fail(error instanceof TooLarge ? 'too-large' : faultOf(error));
    }
  };
  const put = (name: string, content: Uint8Array, isNew: boolean) =>
    client.send(new sdk.PutObjectCommand({ ...of(name), Body: content, ...(isNew ? { IfNoneMatch: '*' } : {}) }));
  /** The name is unique, so an existing object was put by an earlier attempt whose response was lost. */
  const isThere = async (name: string, sizeBytes: number): Promise<boolean> => {
    const head = await tried(() => client.send(new sdk.HeadObjectCommand(of(name))));
    return head.ok && head.value.ContentLength === sizeBytes;
  };
  const bring = async (name: string): Promise<PlaceFault | undefined> => {
    if (fetched.has(name)) return undefined;
    const bytes = await read(name, mostBytes - fetchedBytes);
    if (!bytes.ok) return bytes.error;
    fetchedBytes += bytes.value.length;
    // Check again: other downloads ran at the same time.
    if (fetchedBytes > mostBytes) return 'too-large';
    const path = `${cache}/${name}`;
    await files.mkdir(path.slice(0, path.lastIndexOf('/')), 0o700);
    const written = await files.writeAtomic(path, bytes.value, { flushedLater: true });
    if (!written.ok) return 'unwritable';
    fetched.add(name);
    return undefined;
  };

  return {
    folder: cache,
    list: (folder) =>
      tried(async () => {
        const under = folder === '' ? prefix : `${prefix}${folder}/`;
        const entries: Entry[] = [];
        const pages = sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: under, Delimiter: '/' });
        for await (const { Contents = [], CommonPrefixes = [] } of pages) {
          for (const { Key = '' } of Contents)
            if (Key !== under) entries.push({ name: Key.slice(under.length), kind: 'file' });
          for (const { Prefix = '' } of CommonPrefixes)
            entries.push({ name: Prefix.slice(under.length, -1), kind: 'folder' });
        }
        return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
      }),
    read,
    async write(name, content, isNew) {
      try {
        await put(name, content, isNew);
        return ok(null);
      } catch (error) {
        const { name: code, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
        if (isNew && $metadata?.httpStatusCode === 412) return (await isThere(name, content.length)) ? ok(null) : fail('unwritable'); // prettier-ignore
        // The service does not support `If-None-Match`. The name is unique, so put without it.
        if (isNew && code === 'NotImplemented') return tried(async () => (await put(name, content, false), null));
        return fail(faultOf(error));
      }
    },
    async localPaths(names) {
      const waiting = [...names];
      const faults: PlaceFault[] = [];
      const work = async (): Promise<void> => {
        for (let name = waiting.shift(); name !== undefined && faults.length === 0; name = waiting.shift()) {
          const fault = await bring(name);
          if (fault !== undefined) faults.push(fault);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      const [fault] = faults;
      return fault === undefined ? ok(names.map((name) => `${cache}/${name}`)) : fail(fault);
    },
    async close() {
      client.destroy();
      await files.remove(cache);
    },
  };
};

class TooLarge extends Error {}
