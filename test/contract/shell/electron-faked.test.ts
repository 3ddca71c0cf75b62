/**
 * Runs the suite of the Shell port on Electron's adapter over the recording fake. Tests that need pixels or a page's
 * scripts are reported as skipped; `electron.test.ts` runs them on Electron itself.
 */
import { vi } from 'vitest';

vi.mock('./fixture.ts', () => import('./electron/fake-fixture.ts'));

await import('./shell.test.ts');
