/**
 * Runs `work`, which must start its programs before it returns, with their messages in the C locale. For libraries that start programs
 * themselves, give no say in their environment, and read the answer in English.
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
