/** What a test gives to the file that Electron runs for it. */
export const GIVEN = 'PN_GIVEN';

export const givenToUs = <T>(): T => JSON.parse(process.env[GIVEN] ?? '{}') as T;
