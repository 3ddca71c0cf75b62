/** LibreOffice in its sandbox, as the product runs it. Only the timeout is longer, for busy machines. */
import { createOffice, type Office, type OfficeLimits } from '../../../main/features/documents/conversions/office.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import type { Owner } from '../../../main/platform/memory-folder.ts';
import { treeUse } from '../../../main/platform/process-tree.ts';
import { run, type Run } from '../../../main/platform/run.ts';
import { browserUser } from '../../../main/shell/chromium/system-chromium.ts';
import { inSandbox } from '../../../main/features/documents/conversions/sandbox.ts';

export const sandboxAccount = (): Owner | undefined => browserUser();

/** False when this system does not allow the sandbox or LibreOffice is not installed. */
export const officeRuns = async (): Promise<boolean> => {
  const [program, ...args] = inSandbox('test -x /usr/lib/libreoffice/program/soffice.bin', {}, sandboxAccount());
  return (await run(program, args, { timeoutMs: 20_000 })).ok;
};

/** `pids`: the process ids of every sandbox that was started. */
export const realOffice = (
  limits: Partial<OfficeLimits> = {},
): { readonly office: Office; readonly pids: number[] } => {
  const pids: number[] = [];
  const watched: Run = (program, args, options) =>
    run(program, args, {
      ...options,
      onStarted: (pid) => {
        pids.push(pid);
        options.onStarted?.(pid);
      },
    });
  const office = createOffice({
    run: watched,
    clock: systemClock,
    logger: silentLogger,
    account: sandboxAccount(),
    treeUse,
    limits: { timeoutMs: 60_000, ...limits },
  });
  return { office, pids };
};
