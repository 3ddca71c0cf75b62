/** Picks the configuration's texts in the language of the session. */
import type { Said } from '../../../main/contract/tutorial-content.ts';
import { useKiosk } from '../../app/kiosk-context.ts';

export const useWords = (): ((said: Said) => string) => {
  const { mirror } = useKiosk();
  return (said) => said[mirror.of('session').preferences.language];
};
