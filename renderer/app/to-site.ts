/** To the screen of a site. */
import type { Kiosk } from './kiosk-context.ts';

/**
 * The screen opens a site that is not open yet. It does not bring forward an open one, because « Retour » leads to it
 * too: that is done here.
 */
export const toSite = (
  { client, mirror, router }: Pick<Kiosk, 'client' | 'mirror' | 'router'>,
  id: string,
  how: 'go' | 'replace' = 'go',
): void => {
  if (mirror.of('browsing').open.some(({ demarche }) => demarche === id)) void client.browsing.front({ demarche: id });
  router[how]('visit', { id });
};
