/**
 * The suite of the Shell port on Electron's adapter over the recording fake, as far as a fake can carry it: what needs pixels or a page's
 * scripts is told as skipped, and is played where Electron's own program is (`electron.test.ts`).
 */
import { vi } from 'vitest';

vi.mock('./stage.ts', () => import('./electron/fake-stage.ts'));

await import('./shell.test.ts');
