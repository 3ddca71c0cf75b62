import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command, defineFeature } from '../../../main/contract/define.ts';
import type { Phase } from '../../../main/contract/session.ts';
import { ok } from '../../../main/contract/result.ts';
import { createDispatcher } from '../../../main/transport/dispatcher.ts';
import { createScreenServer } from '../../../main/transport/serve-screens.ts';
import { createStateBus, type StateBus } from '../../../main/transport/state-bus.ts';

const lamp = defineFeature({
  when: 'screen',
  state: z.strictObject({ on: z.boolean() }),
  messages: {
    read: command({ when: 'session', input: z.strictObject({}), output: z.string(), errors: [] }),
    wait: command({ when: 'session', input: z.strictObject({}), output: z.string(), errors: [] }),
    look: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
    turn: command({ input: z.strictObject({ on: z.boolean() }), output: z.null(), errors: ['lamp.broken'] }),
    blow: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    lie: command({ input: z.strictObject({}), output: z.number(), errors: [] }),
    deny: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    refuse: command({ input: z.strictObject({}), output: z.null(), errors: ['lamp.broken'] }),
  },
  events: { flash: z.strictObject({ times: z.number() }) },
});
const contract = { lamp } as never;
let sent: Record<string, unknown>[];
let logged: [string, Record<string, unknown>][];
let turned: boolean[];
let bus: StateBus;
let dispatch: (text: string) => Promise<void>;
let phase: Phase['name'];
let owned: { readonly text: string } | undefined;
let called: string[];
/** The handler of `wait` answers with the text of its person once this resolves. */
let waited: PromiseWithResolvers<void>;

beforeEach(() => {
  [sent, logged, turned, called] = [[], [], [], []];
  waited = Promise.withResolvers();
  phase = 'active';
  owned = { text: 'of one person' };
  bus = createStateBus(contract, { lamp: { on: false } });
  bus.listen((message) => void sent.push(message as never));
  dispatch = createDispatcher({
    contract,
    handlers: {
      lamp: {
        turn: async ({ on }: { on: boolean }) => {
          turned.push(on);
          return ok(null);
        },
        read: async (_: unknown, mine: { readonly text: string }) => {
          called.push('read');
          return ok(mine.text);
        },
        wait: async (_: unknown, mine: { readonly text: string }) => {
          await waited.promise;
          return ok(mine.text);
        },
        look: async (...given: unknown[]) => {
          called.push(`look ${given.filter((one) => one !== undefined).length}`);
          return ok(null);
        },
        blow: async () => {
          throw new Error('a name that must not cross');
        },
        lie: async () => ok('not a number'),
        deny: async () => ({ ok: false as const, error: { code: 'not.declared' } }),
        refuse: async () => ({ ok: false as const, error: { code: 'lamp.broken', params: { watts: 60 } } }),
      } as never,
    },
    owned: { lamp: () => owned },
    phase: () => phase,
    bus,
    logger: { log: (event: string, fields: Record<string, unknown>) => void logged.push([event, fields]) } as never,
    send: (text) => void sent.push(JSON.parse(text) as Record<string, unknown>),
    newRef: () => 'AB12CD',
  });
});
const ask = (message: unknown): Promise<void> => dispatch(JSON.stringify(message));
const request = (message: string, input: unknown = {}, feature = 'lamp') => ({ id: 1, feature, message, input });
const codes = () => sent.map((one) => (one['error'] as { code?: string } | undefined)?.code);

describe('what belongs to a person', () => {
  it.each(['active', 'warning', 'leaving'] as const)(
    'is given to the handler while they are there: %s',
    async (now) => {
      phase = now;
      await ask(request('read'));
      expect([called, sent]).toEqual([['read'], [{ kind: 'reply', id: 1, ok: true, value: 'of one person' }]]);
    },
  );
  it.each(['starting', 'idle', 'wiping', 'out-of-service'] as const)(
    'is out of reach when nobody is: %s, with one code and no security event',
    async (now) => {
      phase = now;
      await ask(request('read'));
      expect([called, codes(), logged]).toEqual([[], ['session.not-ready'], []]);
    },
  );
  it('is out of reach in the moment in which it is no longer there', async () => {
    owned = undefined;
    await ask(request('read'));
    expect([called, codes()]).toEqual([[], ['session.not-ready']]);
  });
  // It may hold something of the person who has gone.
  it.each([
    ['nobody', undefined],
    ['the next person', { text: 'of another person' }],
  ] as const)('is not sent to the screens of %s when the handler answers late', async (_, next) => {
    const asked = ask(request('wait'));
    owned = next;
    waited.resolve();
    await asked;
    expect(sent).toEqual([]);
  });
  it('is not sent as a failure either', async () => {
    const asked = ask(request('wait'));
    owned = undefined;
    waited.reject(new Error('what it worked on is erased'));
    await asked;
    expect([sent, logged.map(([event]) => event)]).toEqual([[], ['kiosk.bug']]);
  });
  it('is not given to what may be asked at any time', async () => {
    phase = 'wiping';
    await ask(request('look'));
    expect([called, codes()]).toEqual([['look 1'], [undefined]]);
  });
  it('is reached by the phases of the feature where the message names none', async () => {
    phase = 'idle';
    await ask(request('turn', { on: true }));
    phase = 'wiping';
    await ask(request('turn', { on: false }));
    expect([turned, codes()]).toEqual([[true], [undefined, 'session.not-ready']]);
  });
});

describe('the dispatcher', () => {
  it('calls the handler and answers', async () => {
    await ask(request('turn', { on: true }));
    expect([turned, sent]).toEqual([[true], [{ kind: 'reply', id: 1, ok: true, value: null }]]);
  });
  it.each([
    '',
    'not json',
    'null',
    '[]',
    '{"id":1}',
    '{"id":1,"feature":"lamp","message":"turn","input":null}',
    '{"id":1,"feature":"lamp","message":"turn","input":[]}',
    '{"id":0,"feature":"lamp","message":"turn","input":{"on":true}}',
    `"${'x'.repeat(70_000)}"`,
  ])('does nothing for what is not an envelope: %.20s', async (text) => {
    await dispatch(text);
    expect([turned, sent, logged.map(([event]) => event)]).toEqual([[], [], ['contract.refused']]);
  });
  it.each([
    ['a wrong type', { on: 'yes' }],
    ['a field too many', { on: true, extra: 1 }],
    ['a field too few', {}],
    ['another\u2019s field', { off: true }],
  ])('refuses and logs %s', async (_name, input) => {
    await ask(request('turn', input));
    expect([turned, codes(), logged.map(([event]) => event)]).toEqual([[], ['contract.refused'], ['contract.refused']]);
  });
  it('lets no prototype through', async () => {
    await dispatch('{"id":1,"feature":"lamp","message":"turn","input":{"on":true,"__proto__":{"polluted":true}}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
  it.each(['missing', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'knows no message "%s"',
    async (name) => {
      await ask(request(name));
      expect(codes()).toEqual(['contract.unknown-message']);
    },
  );
  it.each(['missing', '__proto__', 'constructor'])('knows no feature "%s"', async (name) => {
    await ask(request('turn', { on: true }, name));
    expect([turned, codes()]).toEqual([[], ['contract.unknown-message']]);
  });
  it('tells a declared error with its params', async () => {
    await ask(request('refuse'));
    expect(sent[0]).toMatchObject({ ok: false, error: { code: 'lamp.broken', params: { watts: 60 } } });
  });
  it.each(['blow', 'lie', 'deny'])('turns a bug into a reference, never its text: %s', async (name) => {
    await ask(request(name));
    expect(sent[0]).toMatchObject({ ok: false, error: { code: 'kiosk.bug', ref: 'AB12CD' } });
    expect(JSON.stringify(sent)).not.toContain('must not cross');
    expect(logged[0]?.[0]).toBe('kiosk.bug');
  });
});

describe('the state bus', () => {
  it('numbers what changed, and says nothing when nothing did', () => {
    bus.publish('lamp', { on: true });
    bus.publish('lamp', { on: true });
    bus.emit('lamp', 'flash', { times: 2 });
    expect(sent.map((one) => [one['kind'], one['seq']])).toEqual([
      ['changed', 1],
      ['event', 2],
    ]);
    expect(bus.snapshot()).toMatchObject({ kind: 'snapshot', seq: 2, state: { lamp: { on: true } } });
  });
  it('refuses a state, a feature or an event that the contract does not know', () => {
    expect(() => bus.publish('lamp', { on: 1 })).toThrow();
    expect(() => bus.publish('radio', {})).toThrow();
    expect(() => bus.emit('lamp', 'explode', {})).toThrow();
  });
});

describe('what our origin serves', () => {
  const asked: string[] = [];
  const { serve } = createScreenServer({
    files: {
      readBytes: async (path: string) => {
        asked.push(path);
        return ok(new TextEncoder().encode(path));
      },
    } as never,
    screens: '/screens',
    bytes: { documents: async (path) => ({ type: 'image/png', body: new TextEncoder().encode(path) }) },
  });
  beforeEach(() => void asked.splice(0));

  it('is the first screen at the root, and files with their type', async () => {
    expect((await serve('/'))?.type).toContain('text/html');
    expect((await serve('/assets/app-1x.js'))?.type).toContain('javascript');
  });
  it.each([
    '/../etc/passwd',
    '/assets/../../x.js',
    '/%2e%2e/x.js',
    '/.env',
    '/a//b.js',
    '/a\\..\\b.js',
    '/x.exe',
    '/x',
    '/a.js/',
    '',
    '/a.js\0',
  ])('is nothing at %s', async (path) => {
    expect(await serve(path)).toBeUndefined();
    expect(asked).toEqual([]);
  });
  it('is the bytes of a feature that has some', async () => {
    expect(new TextDecoder().decode((await serve('/bytes/documents/12/page/1'))?.body as Uint8Array)).toBe('12/page/1');
    expect(await serve('/bytes/constructor/1')).toBeUndefined();
    expect(await serve('/bytes/other/1')).toBeUndefined();
  });
});
