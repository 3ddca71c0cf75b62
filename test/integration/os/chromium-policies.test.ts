import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import { knownPolicies } from '../../unit/os/known-policies.ts';

/** Which of the names occur in the binary as C strings. */
const namesIn = async (file: string, names: readonly string[]): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 8 << 20 })) {
    const part = Buffer.concat([tail, chunk as Buffer]);
    for (const name of names) if (!found.has(name) && part.includes(`\0${name}\0`)) found.add(name);
    if (found.size === names.length) break;
    tail = part.subarray(-200);
  }
  return found;
};

describe('the policies in the browser that is installed', () => {
  const program = findChromium();
  it.skipIf(program === undefined)('are all known to it, because an unknown policy has no effect', async () => {
    const names = Object.keys(knownPolicies);
    const found = await namesIn(program ?? '', names);
    expect(names.filter((name) => !found.has(name))).toEqual([]);
  });
});
