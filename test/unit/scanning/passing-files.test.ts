import { expect, it } from 'vitest';
import { scanningFixture } from '../../harness/scanning/scanning-fixture.ts';

it('a page that the scanner passed through a file, and that something held still, is seen by the audit and wiped again', async () => {
  const files = new Set(['wia-1']);
  // Windows refuses to remove what an antivirus is reading (`EBUSY`, `EPERM`).
  let held = true;
  const { scanning, stop } = await scanningFixture({
    scanner: undefined,
    passing: {
      list: async () => [...files],
      async remove() {
        if (held) throw Object.assign(new Error('held'), { code: 'EBUSY' });
        files.clear();
      },
    },
  });
  await expect(scanning.wipe.wipe()).rejects.toThrow('held');
  expect(await scanning.wipe.leftovers()).toEqual(['1 fichier(s) du scanner']);
  held = false;
  await scanning.wipe.wipe();
  expect(await scanning.wipe.leftovers()).toEqual([]);
  await stop();
});
