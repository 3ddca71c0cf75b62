/** Parses command-line options for `figures-register` and `collect`. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** Returns undefined for an unknown option, an option without its value or an extra argument. */
export const readOptions = <Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options) => {
  try {
    return parseArgs({ args: [...argv], strict: true, allowPositionals: false, options }).values;
  } catch {
    return undefined;
  }
};
