/** Passes a test's parameters to the entry file that Electron runs. */
export const PARAMS_ENV = 'PN_GIVEN';

export const readEntryParams = <T>(): T => JSON.parse(process.env[PARAMS_ENV] ?? '{}') as T;
