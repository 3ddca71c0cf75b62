import { describe, expect, it } from 'vitest';
import type { KioskMap } from '../../../main/contract/kiosk-map.ts';
import { project, unproject } from '../../../main/contract/map-geometry.ts';
import { nameOfView, viewOf } from '../../../renderer/features/directory/map-view.ts';

const map: KioskMap = {
  version: 1,
  departement: { code: '03', name: 'Allier' },
  source: 'test',
  width: 1_000,
  height: 740,
  plane: { scale: 32_380, x: -1_276, y: 30_016 },
  outline: '',
  areas: [{ code: 'a', name: 'Pays de Tronçais', tint: 0, path: '', box: [100, 100, 300, 250] }],
  areaBorders: '',
  communeBorders: '',
  rivers: '',
  towns: [],
};
const shape = { width: 640, height: 480 };

describe('the visible part of the map', () => {
  it('contains every place found, for any window shape', () => {
    const points = [
      [150, 200],
      [820, 600],
      [400, 90],
    ].map((at) => unproject(map.plane, at as [number, number]));
    for (const window of [shape, { width: 400, height: 900 }]) {
      const [left, top, right, bottom] = viewOf(map, 'near', points)(window);
      for (const [x, y] of points.map((point) => project(map.plane, point))) {
        expect(x > left && x < right && y > top && y < bottom).toBe(true);
      }
      expect((right - left) / (bottom - top)).toBeCloseTo(window.width / window.height);
    }
  });

  it('shows the surroundings of a single place', () => {
    const [left, , right] = viewOf(map, 'near', [unproject(map.plane, [500, 300])])(shape);
    expect(right - left).toBeGreaterThanOrEqual(200);
  });

  it('is the chosen area with its name, or the whole map when nothing was found', () => {
    const [left, top, right, bottom] = viewOf(map, { area: 'a' }, [])(shape);
    expect(left <= 100 && top <= 100 && right >= 300 && bottom >= 250).toBe(true);
    expect(right - left).toBeLessThan(300);
    expect(nameOfView(map, { area: 'a' })).toBe('Pays de Tronçais');
    expect(nameOfView(map, { area: 'gone' })).toBe('Allier');
    expect(viewOf(map, 'near', [])(shape)[2]).toBeGreaterThanOrEqual(1_000);
  });
});
