/** The options of a command line, as the commands of the figures read them. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** Undefined: an option that is not known, one without its value, or a word too many. */
export const readOptions = <Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options) => {
  try {
    return parseArgs({ args: [...argv], strict: true, allowPositionals: false, options }).values;
  } catch {
    return undefined;
  }
};
