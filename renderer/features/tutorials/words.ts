/** Picks the configuration's texts in the language of the session. */
import type { LocalizedText } from '../../../main/contract/tutorial-content.ts';
import { useKiosk } from '../../app/kiosk-context.ts';

export const useWords = (): ((said: LocalizedText) => string) => {
  const { mirror } = useKiosk();
  return (said) => said[mirror.of('session').preferences.language];
};
