/**
 * The version of the file format. A file without `version` has version 1. To change the format, raise `FORMAT_VERSION`,
 * add one pure step to `upgradeSteps`, and test that step: older files then still work.
 */
import { fail, ok, type Result } from '../contract/result.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** `steps[0]` turns version 1 into version 2, and so on. */
export type UpgradeSteps = readonly ((fields: Fields) => Fields)[];

export const upgradeSteps: UpgradeSteps = [];
export const FORMAT_VERSION = 1;

/**
 * The file's content in the current format, without its `version`. Fails when the file is newer than the program, or
 * its `version` is not a version number.
 */
export const upgraded = (data: unknown, steps: UpgradeSteps = upgradeSteps): Result<unknown, 'newer' | 'malformed'> => {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || !Object.hasOwn(data, 'version')) {
    return ok(apply(data, steps));
  }
  const { version, ...fields } = data as Fields;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return fail('malformed');
  if (version > steps.length + 1) return fail('newer');
  return ok(apply(fields, steps.slice(version - 1)));
};

const apply = (data: unknown, steps: UpgradeSteps): unknown =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? steps.reduce((fields, step) => step(fields), data as Fields)
    : data;
