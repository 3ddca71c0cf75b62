/** Passes a test's parameters to the entry file that Electron runs. */
export const GIVEN = 'PN_GIVEN';

export const givenToUs = <T>(): T => JSON.parse(process.env[GIVEN] ?? '{}') as T;
