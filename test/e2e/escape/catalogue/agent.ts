/** The agent's door: found by chance, opened by guessing, or bypassed. */
import { agentContract } from '../../../../main/contract/agent.ts';
import type { Attempt } from '../attempt.ts';
import { patience, Untried } from '../patience.ts';
import { PASSPHRASE, SIZE, comesTrue, type Fixture } from '../fixture.ts';

const corners: readonly (readonly [name: string, x: number, y: number])[] = [
  ['top-left', 3, 3],
  ['top-right', SIZE.width - 4, 3],
  ['bottom-left', 3, SIZE.height - 4],
  ['bottom-right', SIZE.width - 4, SIZE.height - 4],
];
/** The configuration's default: five seconds in this corner. */
const [, , [, doorX, doorY]] = corners as [unknown, unknown, (typeof corners)[number]];

/** The screens send this message as soon as they show the door. */
const knocked = (fixture: Fixture): boolean =>
  fixture.heard().some((one) => one.feature === 'agent' && one.message === 'knock');
const unfound = (fixture: Fixture): string | undefined =>
  knocked(fixture) ? 'the door was found by chance' : undefined;
const hold = (fixture: Fixture, x: number, y: number, seconds: number): Promise<string> =>
  fixture.screen.do('mousemove', String(x), String(y), 'mousedown', '1', 'sleep', String(seconds), 'mouseup', '1');
const guess = (fixture: Fixture, passphrase: string) => fixture.say('agent', 'open', { passphrase });

/** Several wrong tries in a row. Returns the code of the last refusal. */
const guessOften = async (fixture: Fixture, times: number): Promise<string> => {
  let last = '';
  for (let i = 0; i < times; i++) last = (await guess(fixture, `essai ${i}`)).error?.code ?? 'opened';
  return last;
};

/** The door's delays are 5, 15 and 30 s: on a busy machine only the last is longer than a start. */
const longerThanAStartS = (): number => Math.min(20, patience(10_000) / 1_000);
/** Wrong tries until the door imposes a wait. Returns its length in seconds. */
const guessUntilItWaits = async (fixture: Fixture): Promise<number> => {
  for (let i = 0; i < 4; i++) {
    const { error } = await guess(fixture, `essai ${i}`);
    const seconds = Number(error?.params?.['seconds'] ?? 0);
    if (seconds > 0) return seconds;
  }
  return 0;
};

const beforeTheDoor = ['open', 'knock', 'close', 'setPassphrase'];
const insideMessages = Object.keys(agentContract.messages).filter((name) => !beforeTheDoor.includes(name));
/** Valid inputs, as the agent's own screen would send them. */
const inputs: Readonly<Record<string, object>> = {
  report: { kind: 'week', id: null },
  printReport: { kind: 'week', id: null },
  addMinutes: { minutes: 30 },
  addPages: { pages: 20 },
  setMessages: { messages: ['Bonjour'] },
  setOutOfService: { on: true },
};

const restarted = (): Attempt => {
  let waitsUntilMs = 0;
  return {
    name: 'agent/guess/restart',
    what: 'a power cut does not end the wait',
    async do(fixture) {
      let seconds = await guessUntilItWaits(fixture);
      // A start may take longer than the shortest waits. Each must be over before the next, longer one.
      await comesTrue(async () => (seconds = await guessUntilItWaits(fixture)) >= longerThanAStartS(), 30_000);
      waitsUntilMs = performance.now() + seconds * 1_000;
      await fixture.restart();
      await fixture.begin();
    },
    async mustHold(fixture) {
      const { ok, error } = await guess(fixture, PASSPHRASE);
      if (!ok && error?.code === 'agent.wait') return undefined;
      if (performance.now() > waitsUntilMs) throw new Untried('the kiosk was back after the wait');
      return `after a restart the door says: ${error?.code ?? 'come in'}`;
    },
  };
};

export const agent: readonly Attempt[] = [
  ...corners.flatMap(([name, x, y]): Attempt[] => [
    {
      name: `agent/chance/presses-${name}`,
      what: `twenty quick presses in the ${name} corner`,
      do: (fixture) => fixture.screen.click(x, y, 1, 20),
      mustHold: unfound,
    },
    {
      name: `agent/chance/hold-${name}`,
      what: `a hand that rests three seconds on the ${name} corner`,
      do: (fixture) => hold(fixture, x, y, 3),
      mustHold: unfound,
    },
  ]),
  {
    name: 'agent/chance/drag',
    what: 'eight seconds pressed, but not in the corner',
    do: (fixture) =>
      fixture.screen.do(
        ...['mousemove', String(doorX), String(doorY), 'mousedown', '1', 'sleep', '0.2'],
        ...['mousemove', '640', '400', 'sleep', '7.5', 'mouseup', '1'],
      ),
    mustHold: unfound,
  },
  {
    name: 'agent/control/gesture',
    what: 'the right gesture shows the door, and Escape closes it',
    async do(fixture) {
      const held = hold(fixture, doorX, doorY, 6);
      await comesTrue(() => knocked(fixture), 8_000);
      await held;
      await fixture.screen.key('Escape');
    },
    mustHold: (fixture) => (knocked(fixture) ? undefined : 'the right gesture does not show the door'),
  },
  {
    name: 'agent/messages',
    what: 'the messages behind the door, sent without opening it',
    async mustHold(fixture) {
      for (const name of insideMessages) {
        const { ok, error } = await fixture.say('agent', name, inputs[name] ?? {});
        if (ok || error?.code !== 'agent.closed') return `${name} was answered: ${error?.code ?? 'done'}`;
      }
      return insideMessages.length >= 8 ? undefined : 'hardly anything was asked';
    },
    fast: true,
  },
  {
    name: 'agent/first-passphrase',
    what: 'setting a new first passphrase on a kiosk that already has one',
    async mustHold(fixture) {
      const mine = 'la mienne que je viens de choisir';
      const { ok, error } = await fixture.say('agent', 'setPassphrase', { passphrase: mine, again: mine });
      if (ok || error?.code !== 'agent.may-not-set') return `it was answered: ${error?.code ?? 'done'}`;
      return (await guess(fixture, PASSPHRASE)).ok && (await fixture.say('agent', 'close')).ok
        ? undefined
        : 'the agent’s own passphrase no longer opens the door';
    },
    fast: true,
  },
  {
    name: 'agent/control/passphrase',
    what: 'the right passphrase opens, and the area closes again',
    async mustHold(fixture) {
      if (!(await guess(fixture, PASSPHRASE)).ok) return 'the agent cannot get in';
      return (await fixture.say('agent', 'close')).ok ? undefined : 'the area stays open';
    },
  },
  {
    name: 'agent/guess/at-once',
    what: 'thirty passphrases at the same time',
    async mustHold(fixture) {
      const replies = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(fixture, `ensemble ${i}`)));
      const lookedAt = replies.filter((one) => one.error?.code !== 'agent.wait').length;
      return lookedAt <= 1 ? undefined : `${lookedAt} were checked`;
    },
  },
  {
    name: 'agent/guess/in-a-row',
    what: 'passphrases one after the other: soon even the right one must wait',
    async mustHold(fixture) {
      const last = await guessOften(fixture, 8);
      if (last !== 'agent.wait') return `the eighth try was answered: ${last}`;
      const refused = fixture.log().filter((one) => one.event === 'agent.door-refused').length;
      if (refused === 0) return 'no try was logged';
      return (await guess(fixture, PASSPHRASE)).ok ? 'the door opened during the wait' : undefined;
    },
  },
  restarted(),
];
