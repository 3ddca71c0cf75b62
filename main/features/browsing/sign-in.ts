import type { DemarcheConfig } from '../../config/kiosk-config.ts';

/** Whether a person may sign in there. Nobody can tell from its cookies whether they did: visitors get some, too. */
export const asksToSignIn = ({ account, bundles }: Pick<DemarcheConfig, 'account' | 'bundles'>): boolean =>
  account !== null || bundles.includes('franceconnect');
