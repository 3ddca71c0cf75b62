/** A page that overrides what its inputs answer. `where-files-go.test.ts` gives files to real pages. */
import { expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { createFileInputs } from '../../../main/shell/guest/file-inputs.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const OUR_WORLD = { name: 'pn-world', context: 7 };
const FRAME = 'frame-1';
const MANY = 20_000;

const manyArrays = (): unknown => Array.from({ length: MANY }, () => [[]]);

/** The input as our own world sees it. */
const input = (accept: string) => ({
  getAttribute: (name: string) => (name === 'accept' ? accept : null),
  hasAttribute: () => false,
  isConnected: true,
  title: '',
});
/** The same input, as the page has overridden it in its own world. */
const overridden = {
  getAttribute: () => ({ slice: manyArrays, split: () => [], trim: () => 'x', replace: () => ({ trim: manyArrays }) }),
  hasAttribute: manyArrays,
  isConnected: manyArrays(),
  title: manyArrays(),
};

const openPage = (accept: string) => {
  const answers: string[] = [];
  const events: GuestEvent[] = [];
  const commands: Readonly<Record<string, (params: never) => unknown>> = {
    'Page.createIsolatedWorld'({ frameId, worldName }: { frameId: string; worldName: string }) {
      expect([frameId, worldName]).toEqual([FRAME, OUR_WORLD.name]);
      return { executionContextId: OUR_WORLD.context };
    },
    'DOM.resolveNode': ({ executionContextId }: { executionContextId?: number }) => ({
      object: { objectId: executionContextId === OUR_WORLD.context ? 'ours' : 'theirs' },
    }),
    'Runtime.callFunctionOn'(call: {
      objectId: string;
      functionDeclaration: string;
      arguments?: { value: unknown }[];
    }) {
      const run = new Function(`return ${call.functionDeclaration}`)() as (...given: unknown[]) => unknown;
      const on = call.objectId === 'ours' ? input(accept) : overridden;
      const value: unknown = run.apply(on, call.arguments?.map((one) => one.value) ?? []);
      answers.push(JSON.stringify(value));
      return { result: { value } };
    },
  };
  const session = {
    send: async (command: string, params: never) => commands[command]?.(params),
  } as unknown as CdpSession;
  const inputs = createFileInputs({
    clock: createManualClock(),
    emit: (event) => void events.push(event),
    names: { world: OUR_WORLD.name, zone: 'pn_zone' },
  });
  return { inputs, session, answers, events };
};

it('asks the input in our own world, where the page overrides nothing', async () => {
  const { inputs, session, answers, events } = openPage('.pdf');
  inputs.opened(session, { frameId: FRAME, mode: 'selectSingle', backendNodeId: 3 });
  await expect.poll(() => events).toHaveLength(1);
  expect(Math.max(...answers.map((one) => one.length))).toBeLessThan(1_000);
  expect(events).toMatchObject([{ kind: 'file-wanted', request: { accept: '.pdf', multiple: false } }]);
});

it('cuts a long list of types in the page', async () => {
  const { inputs, session, answers } = openPage('.pdf,'.repeat(100_000));
  inputs.opened(session, { frameId: FRAME, mode: 'selectSingle', backendNodeId: 3 });
  await expect.poll(() => answers.length).toBeGreaterThan(0);
  expect(answers[0]?.length).toBeLessThan(5_000);
});
