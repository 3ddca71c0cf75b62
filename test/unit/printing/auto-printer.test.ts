import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFilePins } from '../../../main/devices/ipp/file-pins.ts';
import { openPrinter, type OpenPrinterDeps } from '../../../main/devices/open-printer.ts';
import type { Printer } from '../../../main/devices/printer.ts';
import { createLeftoverJobs } from '../../../main/features/printing/leftover-jobs.ts';
import type { AnnouncedService } from '../../../main/platform/network/dns-sd.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { OWNER } from '../../harness/printing/owner.ts';

/** A printer, or a queue of this PC's CUPS, as seen over IPP at one address. */
class Machine {
  on = true;
  /** The fingerprint of its certificate; none: it does not speak TLS. */
  certificate: string | undefined;
  /** Only a queue has one. */
  deviceUri: string | undefined;
  jobs: number[] = [];
  /** How many times it was asked something over a connection that was accepted. */
  asked = 0;
  /** How many of these connections were without TLS. */
  plain = 0;
  /** Takes connections and never answers. */
  swallows = false;
  #lastJob = 0;

  reply(asked: Buffer): Buffer {
    this.asked += 1;
    const head = Buffer.from(asked.subarray(0, 8));
    head.writeUInt16BE(0, 2);
    return Buffer.concat([
      head,
      Buffer.from([0x01]),
      attribute(0x47, 'attributes-charset', 'utf-8'),
      attribute(0x48, 'attributes-natural-language', 'en'),
      ...this.#groups(asked),
      Buffer.from([0x03]),
    ]);
  }
  #groups(asked: Buffer): Buffer[] {
    const job = (id: number): Buffer[] => [Buffer.from([0x02]), attribute(0x21, 'job-id', int(id))];
    switch (asked.readUInt16BE(2)) {
      case OP.getPrinter:
        return [
          Buffer.from([0x04]),
          attribute(0x49, 'document-format-supported', 'application/pdf'),
          ...(this.deviceUri === undefined
            ? []
            : [attribute(0x23, 'printer-type', int(4)), attribute(0x45, 'device-uri', this.deviceUri)]),
        ];
      case OP.printJob:
        this.jobs.push((this.#lastJob += 1));
        return job(this.#lastJob);
      case OP.getJob:
        return [
          ...job(this.#lastJob),
          attribute(0x23, 'job-state', int(9)),
          attribute(0x21, 'job-pages-completed', int(1)),
        ];
      case OP.getJobs:
        return asked.includes('not-completed') ? this.jobs.flatMap(job) : [];
      case OP.cancelJob:
        this.jobs = this.jobs.filter((id) => !asked.includes(attribute(0x21, 'job-id', int(id))));
        return [];
      default:
        return [];
    }
  }
}

const int = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeInt32BE(value);
  return four;
};

/** CUPS on this PC lists its one queue. */
class Cups extends Machine {
  queue: { readonly name: string; readonly deviceUri: string; readonly madeBy?: Buffer } | undefined;
  override reply(asked: Buffer): Buffer {
    const listed = [0x4001, 0x4002].includes(asked.readUInt16BE(2)) ? this.queue : undefined;
    const whole = super.reply(asked);
    if (listed === undefined) return whole;
    return Buffer.concat([
      whole.subarray(0, -1),
      Buffer.from([0x04]),
      attribute(0x42, 'printer-name', listed.name),
      attribute(0x45, 'printer-uri-supported', `ipp://localhost/printers/${listed.name}`),
      attribute(0x45, 'device-uri', listed.deviceUri),
      listed.madeBy ?? Buffer.alloc(0),
      whole.subarray(-1),
    ]);
  }
}

type Announced = {
  readonly type: 'ipp' | 'ipps';
  readonly address: string;
  readonly uuid?: string;
  readonly port?: number;
};
const AUTO = { kind: 'auto', uri: null } as const;
const ORDER = { pdf: new Uint8Array(), pages: 1, copies: 1, twoSided: false, colour: false };
const AWAY = { ok: false, error: { code: 'printer.unreachable' } };

let folder: string;
let machines: Map<string, Machine>;
let announced: Announced[];
let logged: string[];
let system: boolean | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pn-auto-'));
  machines = new Map();
  announced = [];
  logged = [];
  system = undefined;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Connections that a machine swallowed and that are still open, and the most at a time. */
const swallowed = { now: 0, most: 0, ever: 0 };
const swallow = (signal: AbortSignal | undefined): ReturnType<Http> => {
  if (signal?.aborted === true) return Promise.resolve({ ok: false, error: { kind: 'aborted' } });
  swallowed.now += 1;
  swallowed.ever += 1;
  swallowed.most = Math.max(swallowed.most, swallowed.now);
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => {
      swallowed.now -= 1;
      resolve({ ok: false, error: { kind: 'aborted' } });
    });
  });
};

const http: Http = async ({ url, body, trust, signal }) => {
  const { protocol, host, pathname } = new URL(url);
  const machine = machines.get(`${host}${pathname}`) ?? machines.get(host);
  if (machine?.on !== true) return { ok: false, error: { kind: 'unreachable' } };
  if (machine.swallows) return swallow(signal);
  const { certificate } = machine;
  const secure = protocol === 'https:';
  if (secure && certificate === undefined) return { ok: false, error: { kind: 'refused' } };
  const wanted = trust?.sha256;
  if (secure && wanted !== undefined && wanted !== certificate)
    return { ok: false, error: { kind: 'certificate-changed' } };
  if (!secure) machine.plain += 1;
  const reply = machine.reply(Buffer.concat(body as readonly Uint8Array[]));
  const seen = secure && certificate !== undefined ? { fingerprint: certificate } : {};
  return { ok: true, value: { status: 200, headers: {}, body: reply, ...seen } };
};

const service = ({ address, uuid, port = 631 }: Announced): AnnouncedService => ({
  name: `Imprimante ${address}`,
  host: `${address}.local.`,
  port,
  addresses: [address],
  txt: uuid === undefined ? {} : { UUID: uuid },
});

const pinFile = (): string => join(folder, 'printer-certificates.json');
const clock = createManualClock();

/** The kiosk as it is after a start. */
const start = (): Printer => {
  const deps = {
    clock,
    logger: { log: (event: string) => void logged.push(event) },
    files: systemFiles,
    http,
    pins: createFilePins(systemFiles, pinFile()),
    owner: OWNER,
    browse: async (type: string) =>
      announced.filter((one) => one.type === type && machines.get(`${one.address}:631`)?.on === true).map(service),
    cups: 'http://localhost:631/',
    ...(system === undefined ? {} : { systemPrinter: { exists: async () => system, print: async () => true } }),
  } as unknown as OpenPrinterDeps;
  const printer = openPrinter(deps, AUTO);
  if (printer === undefined) throw new Error('no printer');
  return printer;
};

const place = (one: Announced, machine = new Machine()): Machine => {
  machines.set(`${one.address}:631`, machine);
  announced.push(one);
  return machine;
};
const ours = { type: 'ipp', address: '10.0.0.7', uuid: 'u-7' } as const;
const laptop = { type: 'ipp', address: '10.0.0.66', uuid: 'u-66' } as const;

describe('with `auto`, the printer of the first contact', () => {
  it.each([
    ['its UUID', ours, laptop],
    ['its address, when it gives no UUID', { type: 'ipp', address: '10.0.0.7' }, { type: 'ipp', address: '10.0.0.66' }],
  ] as const)('is the only one, known by %s, also when it is away', async (_how, own, other) => {
    const real = place(own);
    const printer = start();
    expect(await printer.describe()).toMatchObject({ ok: true });
    expect(logged).toContain('printer.adopted');
    const stranger = place(other);
    real.on = false;
    expect(await printer.status()).toMatchObject(AWAY);
    expect(await printer.describe()).toMatchObject(AWAY);
    const nextDay = start();
    expect(await nextDay.describe()).toMatchObject(AWAY);
    expect(await nextDay.submit(ORDER)).toMatchObject(AWAY);
    expect(stranger.asked).toBe(0);
    real.on = true;
    expect(await printer.submit(ORDER)).toMatchObject({ ok: true });
    expect(await nextDay.submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(2);
  });

  it('is found again at another address, by its UUID', async () => {
    place(ours);
    const printer = start();
    await printer.describe();
    machines.clear();
    announced = [];
    place(laptop);
    const moved = place({ ...ours, address: '10.0.0.8' });
    expect(await printer.status()).toMatchObject(AWAY);
    expect(await printer.submit(ORDER)).toMatchObject({ ok: true });
    expect(moved.jobs).toHaveLength(1);
  });

  it('is looked for elsewhere when another device has its address', async () => {
    const secure = { ...ours, type: 'ipps' } as const;
    const real = place(secure);
    real.certificate = 'a'.repeat(64);
    const printer = start();
    await printer.describe();
    const other = new Machine();
    other.certificate = 'b'.repeat(64);
    machines.set(`${ours.address}:631`, other);
    announced = [];
    place({ ...secure, address: '10.0.0.8' }, real);
    expect(await printer.status()).toMatchObject({ ok: false, error: { code: 'printer.certificate-changed' } });
    expect(await printer.submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    expect(other.asked).toBe(0);
  });

  it.each(['ipp', 'ipps'] as const)('is not one that only copies its UUID over %s', async (type) => {
    const secure = { ...ours, type: 'ipps' } as const;
    const real = place(secure);
    real.certificate = 'a'.repeat(64);
    const printer = start();
    await printer.describe();
    machines.clear();
    announced = [];
    const copy = place({ ...laptop, type, uuid: ours.uuid });
    copy.certificate = 'b'.repeat(64);
    await printer.status();
    expect(await printer.describe()).toMatchObject({ ok: false, error: { code: 'printer.certificate-changed' } });
    expect(logged).toContain('printer.certificate-changed');
    place({ ...secure, address: '10.0.0.8' }, real); // announced after its copy
    expect(await printer.submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    expect(copy.asked).toBe(0);
  });

  it('is not hidden by an announcement of its address that leads nowhere', async () => {
    const real = place(ours);
    await start().describe();
    announced = [{ ...ours, type: 'ipps' }, { ...ours, port: 9 }, { ...ours, type: 'ipps', port: 9 }, ours];
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
  });

  it('gives way to another when somebody deletes the file of certificates', async () => {
    place(ours);
    await start().describe();
    machines.clear();
    announced = [];
    place(laptop);
    expect(await start().describe()).toMatchObject(AWAY);
    rmSync(pinFile());
    expect(await start().describe()).toMatchObject({ ok: true });
  });

  it('gives way to a queue that somebody adds to this PC, and no neighbour replaces that one', async () => {
    place(ours);
    await start().describe();
    const cups = new Cups();
    const usb = new Machine();
    usb.deviceUri = 'usb://HP/LaserJet';
    machines.set('localhost:631', cups);
    machines.set('localhost:631/printers/accueil', usb);
    cups.queue = { name: 'accueil', deviceUri: usb.deviceUri };
    const printer = start();
    await printer.submit(ORDER);
    expect(usb.jobs).toHaveLength(1);
    cups.on = false;
    usb.on = false;
    expect(await printer.status()).toMatchObject(AWAY);
    expect(await start().describe()).toMatchObject(AWAY);
  });

  it.each([
    ['cups-browsed', attribute(0x42, 'cups-browsed-default', 'true')],
    ['cups-browsed, as a boolean', attribute(0x22, 'cups-browsed-default', Buffer.from([1]))],
    ['CUPS, for a while', attribute(0x22, 'printer-is-temporary', Buffer.from([1]))],
  ])('does not give way to a queue that a program made of an announcement: %s', async (_who, madeBy) => {
    const real = place(ours);
    await start().describe();
    const cups = new Cups();
    const stranger = place(laptop);
    cups.queue = { name: 'Portable', deviceUri: `ipp://${laptop.address}/ipp/print`, madeBy };
    machines.set('localhost:631', cups);
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    real.on = false;
    expect(await start().describe()).toMatchObject(AWAY);
    expect(stranger.asked).toBe(0);
  });

  it('of the shell is not replaced by a neighbour', async () => {
    system = true;
    const printer = start();
    expect(await printer.describe()).toMatchObject({ ok: true });
    const stranger = place(laptop);
    expect(await start().describe()).toMatchObject({ ok: true });
    system = false;
    expect(await start().describe()).toMatchObject({ ok: false, error: { code: 'printer.none' } });
    expect(stranger.asked).toBe(0);
  });
});

/** A queue of this PC in front of this device. */
const queueFor = (deviceUri: string): Machine => {
  const queue = new Machine();
  queue.deviceUri = deviceUri;
  const cups = new Cups();
  cups.queue = { name: 'accueil', deviceUri: queue.deviceUri };
  machines.set('localhost:631', cups);
  machines.set('localhost:631/printers/accueil', queue);
  return queue;
};

describe('the printer behind a queue that names it by its UUID', () => {
  const secure = { ...ours, type: 'ipps' } as const;

  it.each(['ipp', 'ipps'] as const)('is not one that only copies its UUID over %s', async (type) => {
    const real = place(secure);
    real.certificate = 'a'.repeat(64);
    const queue = queueFor('dnssd://Accueil._ipps._tcp.local/?uuid=u-7');
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    real.on = false;
    announced = [];
    const copy = place({ ...laptop, type, uuid: ours.uuid });
    copy.certificate = 'b'.repeat(64);
    expect(await start().submit(ORDER)).toMatchObject({ ok: false, error: { code: 'printer.certificate-changed' } });
    // CUPS would hand it to the copy.
    expect(queue.jobs).toEqual([]);
    real.on = true;
    place({ ...secure, address: '10.0.0.8' }, real); // announced after its copy
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(2);
    expect(copy.asked).toBe(0);
  });

  it('is spoken to over TLS once its certificate is known, however it is announced', async () => {
    const real = place(secure);
    real.certificate = 'a'.repeat(64);
    queueFor('dnssd://Accueil._ipp._tcp.local/?uuid=u-7');
    await start().describe();
    announced = [];
    place(ours, real);
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    expect(real.plain).toBe(0);
  });

  it('is remembered with its own certificate, not that of a copy asked at the same time', async () => {
    const real = place(secure);
    real.certificate = 'a'.repeat(64);
    const copy = place({ ...laptop, type: 'ipps', uuid: ours.uuid });
    copy.certificate = 'b'.repeat(64);
    queueFor('dnssd://Accueil._ipps._tcp.local/?uuid=u-7');
    await start().describe();
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    expect(logged.filter((event) => event === 'printer.certificate-remembered')).toHaveLength(1);
  });

  it('gives way to its queue while no certificate is known: a printer without TLS proves nothing', async () => {
    const real = place(ours);
    const queue = queueFor('dnssd://Accueil._ipp._tcp.local/?uuid=u-7');
    await start().describe();
    real.on = false;
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(queue.jobs).toHaveLength(1);
  });
});

describe('while a neighbour announces its UUID at 250 addresses that swallow connections, the printer', () => {
  const crowd = (): void => {
    const own = announced;
    announced = [];
    for (let at = 0; at < 250; at += 1) {
      const machine = place({ ...ours, address: `10.0.1.${at}` });
      machine.swallows = true;
    }
    announced.push(...own);
  };
  beforeEach(() => Object.assign(swallowed, { now: 0, most: 0, ever: 0 }));

  it('is found at once where it last was', async () => {
    const real = place(ours);
    await start().describe();
    crowd();
    expect(await start().submit(ORDER)).toMatchObject({ ok: true });
    expect(real.jobs).toHaveLength(1);
    expect(swallowed.ever).toBeLessThan(10);
    expect(swallowed.now).toBe(0);
  });

  it('is searched for ten at a time, and not for ever', async () => {
    place(ours);
    await start().describe();
    machines.clear();
    announced = [];
    crowd();
    const answer = start().describe();
    await vi.waitFor(() => expect(swallowed.now).toBe(10));
    await clock.advance(20_000);
    expect(await answer).toMatchObject(AWAY);
    expect(swallowed).toEqual({ now: 0, most: 10, ever: 10 });
  });
});

describe('a job that a printer holds while its cable is out', () => {
  it('is asked of that printer, not of the queue that is used meanwhile', async () => {
    const device = place(ours);
    queueFor(`ipp://${ours.address}/ipp/print`);
    const printer = start();
    const jobs = createLeftoverJobs({
      clock,
      logger: { log: (event) => void logged.push(event) },
      printer,
      printing: () => false,
    });
    expect(await jobs.clear()).toBeUndefined();
    expect(await printer.submit(ORDER)).toMatchObject({ ok: true });
    expect(device.jobs).toEqual([1]);

    device.on = false;
    expect(await printer.status()).toMatchObject(AWAY);
    expect(await printer.status()).toMatchObject({ ok: true }); // the queue
    await jobs.endSession(true);
    expect(logged).toContain('print.queue-in-doubt');
    expect(await jobs.clear()).toMatchObject({ code: 'printer.unreachable' });

    device.on = true;
    expect(await jobs.clear()).toBeUndefined();
    expect(device.jobs).toEqual([]);
  });

  it('does not matter once that printer has said that it is done', async () => {
    const device = place(ours);
    const queue = queueFor(`ipp://${ours.address}/ipp/print`);
    const printer = start();
    const job = await printer.submit(ORDER);
    if (!job.ok) throw new Error(job.error.code);
    device.jobs = [];
    const ends: unknown[] = [];
    for await (const { end } of printer.watch(job.value, new AbortController().signal)) ends.push(end?.kind);
    expect(ends).toEqual(['done']);
    device.on = false;
    expect(await printer.status()).toMatchObject(AWAY);
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
    expect(queue.asked).toBeGreaterThan(0);
  });

  it('is found at the new address of that printer', async () => {
    const device = place(ours);
    const printer = start();
    await printer.submit(ORDER);
    machines.clear();
    announced = [];
    place({ ...ours, address: '10.0.0.8' }, device);
    expect(await printer.status()).toMatchObject(AWAY);
    const held = await printer.unfinished();
    expect(held).toMatchObject({ ok: true, value: [{ id: '1' }] });
    if (held.ok && held.value[0] !== undefined) await printer.cancel(held.value[0]);
    expect(device.jobs).toEqual([]);
    expect(await printer.unfinished()).toEqual({ ok: true, value: [] });
  });
});
