/** Our screens on the fake kiosk, in a browser that Playwright drives. */
import { chromium, type Browser } from 'playwright-core';
import { serveScreens } from './serve.ts';
import { startChromium } from './start-chromium.ts';

export interface OpenScreens {
  readonly address: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** `root`: the folder of the built screens, when it isn't that of this project. */
export const openScreens = async (root?: string): Promise<OpenScreens> => {
  const server = await serveScreens(root === undefined ? {} : { root });
  const process = await startChromium();
  const browser = await chromium.connectOverCDP(process.endpoint);
  return {
    address: server.address,
    browser,
    async close() {
      await browser.close();
      await process.stop();
      await server.close();
    },
  };
};
