/**
 * Runs `work` with the C locale in the environment; `work` must start its programs before it returns. For libraries
 * that start programs themselves, do not let us set the environment, and parse the output as English.
 */
export const inCLocale = <T>(work: () => T): T => {
  const before = process.env['LC_ALL'];
  process.env['LC_ALL'] = 'C';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['LC_ALL'];
    else process.env['LC_ALL'] = before;
  }
};
