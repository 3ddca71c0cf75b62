/** What became of each thing that was tried on Electron, whichever suite tried it. Pure. */

export type Verdict = 'held' | 'failed' | 'not-applicable';

export interface Outcome {
  readonly suite: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** Why, or a figure. One line. */
  readonly detail?: string;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The error message itself. Node prints the place in the source before it. */
const complaint = (text: string): string => {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(Uncaught )?\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? '';
};

/** `of`: only tests whose names begin with this are counted. A file that fails before its tests is one failure. */
export const outcomesOfVitest = (suite: string, report: string, of = ''): readonly Outcome[] => {
  const { testResults } = JSON.parse(report) as VitestReport;
  return testResults.flatMap(({ status, message, assertionResults }): readonly Outcome[] => {
    if (status === 'failed' && assertionResults.length === 0)
      return [{ suite, name: 'the file itself', verdict: 'failed', detail: complaint(message ?? '') }];
    const ours = assertionResults.filter(({ fullName }) => fullName.startsWith(of));
    // When `beforeAll` fails, Vitest reports its tests as skipped and only the file as failed.
    const says = (word: string) => (one: { readonly status: string }) => one.status === word;
    const nobodyElse = !assertionResults.some(says('failed'));
    const nothingPlayed = !ours.some((one) => says('passed')(one) || says('failed')(one));
    const broke = status === 'failed' && (nobodyElse || nothingPlayed);
    return ours.map(({ fullName: name, status: how, failureMessages }) => {
      if (how === 'passed') return { suite, name, verdict: 'held' };
      if (how === 'failed') return { suite, name, verdict: 'failed', detail: complaint(failureMessages[0] ?? '') };
      if (broke) return { suite, name, verdict: 'failed', detail: 'not played: what comes before it broke' };
      return { suite, name, verdict: 'not-applicable' };
    });
  });
};

const ESCAPE_LINE = /^(held {3}|ESCAPED|HUNG {3}|UNTRIED|not applicable) ?(\S+) — (.*)$/;

/** Of what `npm run escape` prints. The lines at its end say the failures again: each name counts once. */
export const outcomesOfEscape = (suite: string, printed: string): readonly Outcome[] => {
  const seen = new Map<string, Outcome>();
  for (const line of printed.split('\n')) {
    const [, word = '', name = '', what = ''] = ESCAPE_LINE.exec(line) ?? [];
    if (name === '' || seen.has(name)) continue;
    if (word.startsWith('held')) seen.set(name, { suite, name, verdict: 'held' });
    else if (word === 'not applicable') seen.set(name, { suite, name, verdict: 'not-applicable', detail: what });
    else seen.set(name, { suite, name, verdict: 'failed', detail: `${word.trim().toLowerCase()}: ${what}` });
  }
  return [...seen.values()];
};

/** A suite that says nothing was not played. */
export const orFailed = (suite: string, outcomes: readonly Outcome[], why: string): readonly Outcome[] =>
  outcomes.some(({ verdict }) => verdict !== 'not-applicable')
    ? outcomes
    : [
        ...outcomes,
        { suite, name: 'the suite', verdict: 'failed', detail: why === '' ? 'it played nothing' : complaint(why) },
      ];
