import { describe, expect, it } from 'vitest';
import { chooseMedia } from '../../../main/devices/ipp/media.ts';

const asked = (ready: readonly string[], supported: readonly string[] = []): string | undefined => {
  const choice = chooseMedia(ready, supported);
  return choice.kind === 'ask' ? choice.name : choice.kind;
};
const A4 = 'iso_a4_210x297mm';
const LETTER = 'na_letter_8.5x11in';

describe('the paper asked for', () => {
  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['A4 where it lies in a tray, whatever lies before it', [LETTER, A4], [LETTER, A4], A4],
    ['A4 twice in two trays', [A4, A4], [A4], A4],
    ['A4 by the name that the tray gives it', ['custom_a4-tray_210x297mm'], [A4], 'custom_a4-tray_210x297mm'],
    ['A4 rounded to inches', ['na_custom_8.27x11.69in'], [], 'na_custom_8.27x11.69in'],
    ['the sheet that is there when A4 is not', [LETTER], [A4, LETTER], LETTER],
    ['the one nearest to A4', ['iso_a3_297x420mm', LETTER, 'na_index-4x6_4x6in'], [A4], LETTER],
    ['A3 when there is nothing else', ['iso_a3_297x420mm'], [A4], 'iso_a3_297x420mm'],
    ['A4 where the machine does not say what is loaded', [], ['na_letter_8.5x11in', A4], A4],
    ['A4 in the old words of a queue', [], ['Letter', 'A4'], 'A4'],
    ['nothing where no paper is declared at all', [], [], undefined],
    ['A4 where what is loaded has no size', ['auto', 'tray-1'], [A4], A4],
    // What label printers, a photo printer and a till printer declare.
    ['no sheet of a label printer', ['oe_shipping-label_4x6in'], ['oe_shipping-label_4x6in'], 'too-small'],
    ['no sheet of a label printer that also claims A4', ['oe_address-label_1.25x3.5in'], [A4], 'too-small'],
    ['no photo paper', ['na_index-4x6_4x6in', 'oe_photo-l_3.5x5in'], [A4], 'too-small'],
    ['no till roll', [], ['roll_min_80x25.4mm', 'roll_max_80x2000mm', 'om_80x200_80x200mm'], 'too-small'],
    ['no A5, which would shrink a form beyond use', ['iso_a5_148x210mm'], [A4], 'too-small'],
  ])('is %s', (_, ready, supported, expected) => {
    expect(asked(ready, supported)).toBe(expected);
  });

  it('knows the size of what it asks for, so that dots fill that sheet', () => {
    expect(chooseMedia([LETTER], [])).toMatchObject({
      widthMm: expect.closeTo(215.9, 3),
      heightMm: expect.closeTo(279.4, 3),
    });
    expect(chooseMedia([], [])).toEqual({ kind: 'ask', name: undefined, widthMm: 210, heightMm: 297 });
  });
});
