/** Time from pressing "J’y vais" to the site's first paint, against a cold bare Chromium opening the same page. */
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { startBareChromium } from './bare-chromium.ts';
import { median, ratioRow, type BenchRow } from './bench-row.ts';
import { openPixels, type Colour } from './screen-pixel.ts';

const ROUNDS = 5;
/** The blue of the demonstration site's header, at its right edge. */
const SITE_BLUE: Colour = [0x0b, 0x5a, 0x8c];

export const benchOpen = async (): Promise<readonly BenchRow[]> => {
  const ours: number[] = [];
  const bare: number[] = [];
  const kiosk = await runKiosk();
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  const pixels = { ours: await openPixels(kiosk.display), bare: await openPixels(display.name) };
  try {
    const { screens } = kiosk;
    await screens.getByRole('button', { name: /Commencer/ }).click();
    for (let i = 0; i < ROUNDS; i++) {
      await screens
        .getByRole('textbox')
        .or(screens.getByRole('searchbox'))
        .or(screens.getByRole('combobox'))
        .first()
        .fill('apl');
      await screens.getByText('Demander une aide au logement').first().click();
      const go = screens.getByRole('button', { name: /J’y vais/ });
      await go.waitFor();
      // A person reads the sheet, and meanwhile the next guest is preloaded.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      let began = performance.now();
      await go.click();
      await pixels.ours.becomes(1880, 130, SITE_BLUE);
      ours.push(performance.now() - began);
      await screens
        .getByRole('button', { name: /Accueil/ })
        .first()
        .click();
      await screens.getByRole('button', { name: /Quitter le site/ }).click();
      await screens.getByRole('heading', { name: /Que voulez-vous faire/ }).waitFor();

      began = performance.now();
      const chromium = startBareChromium(display.name, 'https://www.caisse-exemple.test/', [
        `--host-resolver-rules=MAP *.test 127.0.0.1:${kiosk.sites.port}`,
        `--ignore-certificate-errors-spki-list=${kiosk.sites.spki}`,
        '--test-type',
      ]);
      await pixels.bare.becomes(1860, 60, SITE_BLUE);
      bare.push(performance.now() - began);
      await chromium.stop();
    }
  } finally {
    pixels.ours.end();
    pixels.bare.end();
    await kiosk.stop();
    await display.stop();
  }
  return [ratioRow('open: "J’y vais" to first paint, ms', median(ours), median(bare), 0.5)];
};
