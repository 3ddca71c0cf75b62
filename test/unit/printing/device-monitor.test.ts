import { describe, expect, it } from 'vitest';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { openDeviceMonitor, type DeviceReport, type DeviceMonitor } from '../../../main/devices/ipp/device-monitor.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { NEIGHBOUR, OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const number = (tag: number, name: string, value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeInt32BE(value);
  return attribute(tag, name, four);
};
const INTEGER = 0x21;
const ENUM = 0x23;
const NAME = 0x42;
const KEYWORD = 0x44;
const JOB_STATE = { pending: 3, processing: 5, canceled: 7, aborted: 8, completed: 9 } as const;

interface MachineJob {
  readonly id: number;
  readonly name?: string;
  readonly user?: string;
  readonly state: keyof typeof JOB_STATE;
  readonly out?: number;
}

/** A machine as seen over IPP: its jobs, its page counter, and what it does not reveal. */
interface Machine {
  jobs: readonly MachineJob[];
  counter?: number;
  printing?: boolean;
  reason?: string;
  silent?: boolean;
  /** Does not list completed jobs. */
  noHistory?: boolean;
}

const machineHttp =
  (machine: Machine): Http =>
  async ({ body }) => {
    const asked = Buffer.concat(body as readonly Uint8Array[]);
    const operation = asked.readUInt16BE(2);
    if (machine.silent === true) return { ok: false, error: { kind: 'timeout' } };
    const head = Buffer.from(asked.subarray(0, 8));
    const answer = (status: number, ...rest: Buffer[]) => {
      head.writeUInt16BE(status, 2);
      const common = [
        Buffer.from([0x01]),
        attribute(0x47, 'attributes-charset', 'utf-8'),
        attribute(0x48, 'attributes-natural-language', 'en'),
      ];
      const whole = Buffer.concat([head, ...common, ...rest, Buffer.from([0x03])]);
      return { ok: true as const, value: { status: 200, headers: {}, body: whole } };
    };
    const group = (job: MachineJob): Buffer =>
      Buffer.concat([
        Buffer.from([0x02]),
        number(INTEGER, 'job-id', job.id),
        ...(job.name === undefined ? [] : [attribute(NAME, 'job-name', job.name)]),
        ...(job.user === undefined ? [] : [attribute(NAME, 'job-originating-user-name', job.user)]),
        number(ENUM, 'job-state', JOB_STATE[job.state]),
        attribute(KEYWORD, 'job-state-reasons', 'none'),
        ...(job.out === undefined ? [] : [number(INTEGER, 'job-impressions-completed', job.out)]),
      ]);
    const over = (job: MachineJob): boolean => ['completed', 'aborted', 'canceled'].includes(job.state);
    if (operation === OP.getPrinter) {
      const counter =
        machine.counter === undefined ? [] : [number(INTEGER, 'printer-impressions-completed', machine.counter)];
      const state = number(ENUM, 'printer-state', machine.printing === true ? 4 : 3);
      return answer(
        0,
        Buffer.from([0x04]),
        state,
        attribute(KEYWORD, 'printer-state-reasons', machine.reason ?? 'none'),
        ...counter,
      );
    }
    if (operation === OP.getJobs) {
      const ended = !asked.includes('not-completed');
      if (ended && machine.noHistory === true) return answer(0x0501);
      return answer(0, ...machine.jobs.filter((job) => over(job) === ended).map(group));
    }
    const id = asked.readInt32BE(asked.indexOf('job-id') + 'job-id'.length + 2);
    const job = machine.jobs.find((one) => one.id === id);
    return job === undefined ? answer(0x0406) : answer(0, group(job));
  };

const NAME_OF_OURS = 'Document 48213';
const ours = (id: number, change: Partial<MachineJob> = {}): MachineJob => ({
  id,
  name: NAME_OF_OURS,
  user: OWNER.user,
  state: 'processing',
  ...change,
});

const watching = async (machine: Machine): Promise<(last?: boolean) => Promise<DeviceReport | undefined>> => {
  const address = parseIppAddress('ipp://imprimante.local/ipp/print');
  if (address === undefined) throw new Error('address');
  const client = new IppClient(
    { http: machineHttp(machine), pins: memoryPins(), logger: silentLogger, owner: OWNER },
    address,
  );
  const monitor: DeviceMonitor | undefined = await openDeviceMonitor(
    { client, clock: createManualClock() },
    NAME_OF_OURS,
  );
  if (monitor === undefined) throw new Error('no monitor');
  return (last = false) => monitor.ask({ sides: 3, twoSided: false, last, signal: new AbortController().signal });
};

describe('the machine behind a queue', () => {
  it('counts only the job with our name, among those of others and of earlier days', async () => {
    const machine: Machine = { jobs: [ours(1, { state: 'completed', out: 9 })] };
    const ask = await watching(machine);
    machine.jobs = [
      ...machine.jobs,
      { id: 2, name: 'Facture', user: 'accueil', state: 'processing', out: 40 },
      ours(3, { out: 1 }),
    ];
    expect(await ask()).toMatchObject({ sidesOut: 1, state: 'live', feeding: true });
    machine.jobs = [ours(3, { state: 'completed', out: 3 })];
    expect(await ask(true)).toMatchObject({ sidesOut: 3, state: 'completed', feeding: false });
  });

  it('asks about a hundred jobs, even when it lists our name without end', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = Array.from({ length: 300 }, (_, i) => ours(i + 1, { out: 1 }));
    expect(await ask()).toMatchObject({ sidesOut: 100 });
  });

  it('adds up the attempts of a queue that retries', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = [ours(1, { state: 'aborted', out: 1 }), ours(2, { out: 0 })];
    expect(await ask(true)).toMatchObject({ sidesOut: 1, state: 'live' });
    machine.jobs = [ours(1, { state: 'aborted', out: 1 }), ours(2, { state: 'completed', out: 3 })];
    expect(await ask(true)).toMatchObject({ sidesOut: 4, state: 'completed' });
  });

  it('keeps what it counted before it forgot the job, and says no more than that', async () => {
    const machine: Machine = { jobs: [], noHistory: true };
    const ask = await watching(machine);
    machine.jobs = [ours(1, { out: 2 })];
    await ask();
    machine.jobs = [];
    expect(await ask(true)).toMatchObject({ sidesOut: 2, state: 'unknown' });
  });

  it('tells a job that was stopped at the machine from one that it gave up', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = [ours(1, { state: 'canceled', out: 1 })];
    expect(await ask(true)).toMatchObject({ sidesOut: 1, state: 'cancelled' });
  });

  it('knows nothing of a job that it calls completed without a page', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = [ours(1, { state: 'completed', out: 0 })];
    expect((await ask(true))?.state).toBe('unknown');
  });

  it('takes the job of a neighbour that drew the same number for what it is', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = [ours(1, { out: 1 }), ours(2, { user: NEIGHBOUR.user, state: 'completed', out: 40 })];
    expect(await ask(true)).toMatchObject({ sidesOut: 1, state: 'live' });
  });

  it('takes a job without a name as ours only when its user is ours', async () => {
    const machine: Machine = { jobs: [] };
    const ask = await watching(machine);
    machine.jobs = [
      { id: 1, user: 'accueil', state: 'completed', out: 7 },
      { id: 2, user: OWNER.user, state: 'completed', out: 3 },
    ];
    expect(await ask(true)).toMatchObject({ sidesOut: 3, state: 'completed' });
  });

  describe('that does not list its jobs', () => {
    it('is believed when its page counter makes exactly the sum, at the end', async () => {
      const machine: Machine = { jobs: [], counter: 1000, noHistory: true };
      const ask = await watching(machine);
      machine.counter = 1003;
      expect((await ask())?.state).toBe('unknown');
      expect(await ask(true)).toMatchObject({ sidesOut: 3, state: 'completed' });
    });

    it.each([
      ['a page short, and at rest', { counter: 1002 }],
      ['a page too many', { counter: 1004 }],
      ['reset', { counter: 0 }],
      [
        'the sum, with the job of another in between',
        { counter: 1003, jobs: [{ id: 5, name: 'Facture', state: 'processing' as const }] },
      ],
    ])('is not believed when its counter is %s', async (_, now) => {
      const machine: Machine = { jobs: [], counter: 1000, noHistory: true };
      const ask = await watching(machine);
      Object.assign(machine, now);
      expect(await ask(true)).toMatchObject({ sidesOut: 0, state: 'unknown' });
    });

    it('is waited for while it still prints', async () => {
      const machine: Machine = { jobs: [], counter: 1000, noHistory: true };
      const ask = await watching(machine);
      Object.assign(machine, { counter: 1001, printing: true });
      expect(await ask(true)).toMatchObject({ state: 'live', feeding: true });
    });

    it('is waited for while it lacks paper, though it says that it is idle', async () => {
      const machine: Machine = { jobs: [], counter: 1000, noHistory: true };
      const ask = await watching(machine);
      Object.assign(machine, { counter: 1001, reason: 'media-empty-error' });
      expect((await ask(true))?.state).toBe('live');
      Object.assign(machine, { reason: 'toner-low-warning' });
      expect((await ask(true))?.state).toBe('unknown');
    });

    it('is not waited for because of a tray that was empty before', async () => {
      const machine: Machine = { jobs: [], counter: 1000, noHistory: true, reason: 'media-empty-error' };
      const ask = await watching(machine);
      machine.counter = 1002;
      expect((await ask(true))?.state).toBe('unknown');
    });
  });

  it('says nothing when it does not answer, before or after', async () => {
    const machine: Machine = { jobs: [], silent: true };
    await expect(watching(machine)).rejects.toThrow('no monitor');
    machine.silent = false;
    const ask = await watching(machine);
    machine.silent = true;
    expect(await ask(true)).toBeUndefined();
  });
});
