/** What must be true after every attempt. Returns what is wrong. */
import { patience } from './patience.ts';
import { SIZE, comesTrue, type Fixture } from './fixture.ts';

/** The kiosk's own programs, by executable. Any other child process was started by a page. */
const OURS =
  /\/(chromium|electron|chrome_crashpad_handler|chrome-sandbox|setpriv|prlimit|node|xev|xprop|xdotool|xclip)$/;
/** Commands that end a browser's account and delete its folders (`platform/accounts.ts`). */
const ENDING = ['kill -9 -1', 'chmod -R u+rwX -- "$@"', 'chmod\0-R\0u+rwX\0--', 'rm\0-rf\0--'] as const;
const BAR_POINT = [SIZE.width / 2, 6] as const;

const windowsOf = async (fixture: Fixture): Promise<string | undefined> => {
  const { kiosk, sites: guests, others } = await fixture.windows();
  if (others.length > 0)
    return `another window: ${others.map((one) => `${one.class || '?'} "${one.name}" ${one.width}×${one.height}`).join(', ')}`;
  const [view] = kiosk;
  if (!view || kiosk.length > 1) return `${kiosk.length} kiosk views`;
  if (view.x !== 0 || view.y !== 0 || view.width !== SIZE.width || view.height !== SIZE.height) {
    return `the kiosk view is ${view.width}×${view.height} at ${view.x},${view.y}`;
  }
  if (guests.length > 1) return `${guests.length} guests in sight`;
  const [guest] = guests;
  if (
    guest &&
    (guest.y < 40 || guest.y + guest.height > SIZE.height || guest.x < 0 || guest.x + guest.width > SIZE.width)
  ) {
    return `the site is ${guest.width}×${guest.height} at ${guest.x},${guest.y}`;
  }
  if (guest && fixture.visit()?.cover.kind !== 'site')
    return `the site is in sight under the cover "${fixture.visit()?.cover.kind}"`;
  return undefined;
};

/** The screens report input once a second at most, so an earlier press would go unreported. */
const TOLD_EVERY_MS = 1_000;

/** Long enough for a bar that is only slow. A longer wait would not help. */
const ANSWERS_WITHIN_MS = 4_000;
const PRESSED_AGAIN_AFTER_MS = 700;

/** Presses the bar, again if nothing happens, until the screens report the press to main. */
const barAnswers = async (fixture: Fixture): Promise<boolean> => {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, TOLD_EVERY_MS - fixture.sinceInputMs())));
  let heard = false;
  const withinMs = patience(ANSWERS_WITHIN_MS);
  const speaks = fixture.screensSpeak(withinMs).then((did) => (heard = did));
  for (const endMs = performance.now() + withinMs; !heard && performance.now() < endMs;) {
    await fixture.screen.click(...BAR_POINT);
    await Promise.race([speaks, new Promise((resolve) => setTimeout(resolve, PRESSED_AGAIN_AFTER_MS))]);
  }
  return heard;
};

const FORBIDDEN_HOSTS: ReadonlySet<string> = new Set([
  'www.ailleurs-exemple.test',
  'intranet-exemple.test',
  'certificat-perime-exemple.test',
]);

/** `untried`: the attempt never took place, so it proves nothing. */
export type Verdict =
  { readonly kind: 'held' } | { readonly kind: 'escaped' | 'hung' | 'untried'; readonly why: string };

export const judge = async (fixture: Fixture): Promise<Verdict> => {
  const escaped = (why: string): Verdict => ({ kind: 'escaped', why });
  let wrong: string | undefined;
  // Poll: the window watch may still be closing a window, and a drop-down list closes only with the press.
  const seen = comesTrue(async () => (wrong = await windowsOf(fixture)) === undefined, 4_000);
  const [answers] = await Promise.all([barAnswers(fixture), seen]);
  if (!answers) return { kind: 'hung', why: 'the bar does not answer' };
  if (!(await fixture.say('session', 'touch')).ok) return { kind: 'hung', why: 'main does not answer' };
  if (wrong !== undefined) return escaped(wrong);
  const page = fixture
    .requests()
    .find(
      (one) =>
        one.destination === 'document' && (FORBIDDEN_HOSTS.has(one.host) || /faux-|xn--|ailleurs/.test(one.host)),
    );
  if (page) return escaped(`a page of ${page.host} was fetched`);
  if (fixture.victim.reached() > 0) return escaped('the local network was reached');
  // Use the command line from this snapshot: processes may have changed by a second query.
  const foreign = fixture
    .processes()
    .filter(({ program, commandLine }) => !OURS.test(program) && !ENDING.some((one) => commandLine.includes(one)));
  if (foreign.length > 0) return escaped(`a program was started: ${foreign.map((one) => one.program).join(', ')}`);
  if (fixture.started() !== '') return escaped(`a program was started: ${fixture.started()}`);
  const bug = fixture.log().find((one) => one.event === 'kiosk.bug');
  if (bug) return escaped(`a bug of ours: ${JSON.stringify(bug)}`);
  if (fixture.phase() === 'out-of-service') return { kind: 'hung', why: 'out of service' };
  return { kind: 'held' };
};
