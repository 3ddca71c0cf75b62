/**
 * Queries a driver's options through `scanimage`, once for each combination of source and mode: opening the device
 * takes seconds on some.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Run } from '../../platform/run.ts';
import { scannerFault, type ScannerDescription, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { faultOfRun } from './faults.ts';
import { readOptionList, type SaneOptionList } from './option-list.ts';
import { asksAboutDuplex, describeSane } from './options.ts';
import { modeArguments, sourceArguments } from './scan-arguments.ts';

export interface OptionReaderDeps {
  readonly run: Run;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly device: string;
  readonly name?: string;
  /** Arguments added to every call for this device. */
  readonly extra: readonly string[];
}

type Answer<T> = Promise<Result<T, ScannerFault>>;

export interface OptionReader {
  describe(signal?: AbortSignal): Answer<ScannerDescription>;
  /** The options with this source and this colour set, because limits, values and states depend on both. */
  optionsFor(settings: Pick<ScanSettings, 'source' | 'colour'>, signal?: AbortSignal): Answer<SaneOptionList>;
  openAgain(signal?: AbortSignal): Answer<SaneOptionList>;
  forget(): void;
}

const DESCRIBE_TIMEOUT_MS = 20_000;

export const createOptionReader = (deps: OptionReaderDeps): OptionReader => {
  const known = new Map<string, SaneOptionList>();

  const ask = async (args: readonly string[], signal: AbortSignal | undefined): Answer<SaneOptionList> => {
    const answer = await deps.run(deps.program, ['-d', deps.device, ...args, ...deps.extra, '--all-options'], {
      timeoutMs: DESCRIBE_TIMEOUT_MS,
      env: deps.env,
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok) return fail(faultOfRun(answer.error));
    const options = readOptionList(answer.value.stdout.toString('utf8'));
    return options.size > 0 ? ok(options) : fail(scannerFault('garbled', 'no options'));
  };

  const cachedOptions = async (args: readonly string[], signal: AbortSignal | undefined): Answer<SaneOptionList> => {
    const key = args.join('\n');
    const before = known.get(key);
    if (before) return ok(before);
    const answer = await ask(args, signal);
    if (answer.ok) known.set(key, answer.value);
    return answer;
  };

  /** Only the `args` that would change a current value. */
  const changing = (options: SaneOptionList, args: readonly string[]): readonly string[] =>
    args.filter((arg) => {
      const [, name = '', value] = /^--([^=]+)=(.*)$/.exec(arg) ?? [];
      return options.get(name)?.current !== value;
    });

  const optionsFor: OptionReader['optionsFor'] = async ({ source, colour }, signal) => {
    const base = await cachedOptions([], signal);
    if (!base.ok) return base;
    const chosen = changing(base.value, sourceArguments(base.value, source));
    const under = await cachedOptions(chosen, signal);
    if (!under.ok) return under;
    const mode = changing(under.value, modeArguments(under.value, colour));
    return mode.length === 0 ? under : cachedOptions([...chosen, ...mode], signal);
  };

  return {
    optionsFor,
    async describe(signal) {
      const base = await cachedOptions([], signal);
      if (!base.ok) return base;
      const underFeeder = asksAboutDuplex(base.value)
        ? await cachedOptions(changing(base.value, sourceArguments(base.value, 'feeder')), signal)
        : undefined;
      return ok(describeSane(deps.name ?? deps.device, base.value, underFeeder?.ok ? underFeeder.value : undefined));
    },
    openAgain: (signal) => ask([], signal),
    forget: () => known.clear(),
  };
};
