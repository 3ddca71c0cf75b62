/**
 * Parses a command line with Node's own parser. Each mistake gives one clear sentence in French. Node's error codes are
 * stable, and its English message quotes the option.
 */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { fail, ok } from '../contract/result.ts';

const refusal = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  const word = /'([^']*)'/.exec(message ?? '')?.[1]?.replace(/ <value>$/, '') ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `option inconnue : ${word}`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `mot inattendu : ${word}`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return /missing|ambiguous/.test(message ?? '')
        ? `${word} : il manque sa valeur`
        : `${word} ne prend pas de valeur`;
    default:
      throw error;
  }
};

/** `help`: the command that explains the options. `words`: whether words without a dash may follow. */
export const readOptions = <const Options extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Options,
  { help, words = false }: { readonly help: string; readonly words?: boolean },
) => {
  try {
    return ok(parseArgs({ args: [...argv], strict: true, allowPositionals: words, options }));
  } catch (error) {
    return fail(`${refusal(error)}. Voir : ${help} --help`);
  }
};
