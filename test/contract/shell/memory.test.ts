/** Runs the suite of the Shell port on the Shell in memory. Tests that need a real page or display are skipped. */
import { vi } from 'vitest';

vi.mock('./fixture.ts', () => import('./memory-fixture.ts'));

await import('./shell.test.ts');
