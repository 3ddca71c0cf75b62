import { request } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'HEAD';
  readonly form?: Readonly<Record<string, string>> | FormData;
}

/** A minimal HTTP client for the sites: every host resolves to the loopback, cookies are kept per host. */
export class Browser {
  readonly #port: number;
  readonly #jars = new Map<string, Map<string, string>>();

  constructor(port: number) {
    this.#port = port;
  }

  async ask(address: string, { method, form }: Ask = {}): Promise<Answer> {
    const url = new URL(address);
    const sent = form === undefined ? null : new Response(form instanceof FormData ? form : new URLSearchParams(form));
    const body = sent === null ? null : Buffer.from(await sent.arrayBuffer());
    const jar = this.#jars.get(url.hostname) ?? new Map<string, string>();
    this.#jars.set(url.hostname, jar);
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          servername: url.hostname,
          // The certificate is generated at each start, so no authority can verify it.
          rejectUnauthorized: false,
          agent: false,
          method: method ?? (form === undefined ? 'GET' : 'POST'),
          path: url.pathname + url.search,
          timeout: 10_000,
          headers: {
            host: url.host,
            ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
            ...(body && { 'content-type': sent?.headers.get('content-type') ?? '', 'content-length': body.length }),
          },
        },
        (response) => {
          for (const cookie of response.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
            if (/max-age=0/i.test(cookie)) jar.delete(name);
            else jar.set(name, value);
          }
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.once('error', reject);
          response.once('end', () => {
            const whole = Buffer.concat(parts);
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              headers: response.headers,
              body: whole,
              text: whole.toString('utf8'),
            });
          });
        },
      );
      asked.once('error', reject);
      asked.once('timeout', () => asked.destroy(new Error(`no answer from ${address}`)));
      asked.end(body ?? undefined);
    });
  }

  /** The absolute address of a redirect. */
  async redirectOf(address: string, ask: Ask = {}): Promise<string> {
    const answer = await this.ask(address, ask);
    const { location } = answer.headers;
    if (typeof location !== 'string') throw new Error(`${address} answered ${answer.status} without a redirect`);
    return new URL(location, address).href;
  }
}
