import { expect, test } from 'vitest';
import { Router } from '../../../renderer/app/router.svelte.ts';

test('begins at home, with nowhere to go back to', () => {
  const router = new Router();
  expect(router.current.name).toBe('pick');
  expect(router.canGoBack).toBe(false);
  router.back();
  expect(router.current.name).toBe('pick');
});

test('goes back the way it came', () => {
  const router = new Router();
  router.go('theme', { theme: 'logement' });
  router.go('sheet', { id: 'apl' });
  expect(router.current).toEqual({ name: 'sheet', params: { id: 'apl' } });
  router.back();
  expect(router.current).toEqual({ name: 'theme', params: { theme: 'logement' } });
});

test('a replaced screen is skipped on the way back', () => {
  const router = new Router();
  router.go('sheet', { id: 'apl' });
  router.replace('visit', { id: 'apl' });
  router.back();
  expect(router.current.name).toBe('pick');
});

test('home forgets the way', () => {
  const router = new Router();
  router.go('sheet', { id: 'apl' });
  router.go('visit', { id: 'apl' });
  router.home();
  expect(router.current.name).toBe('pick');
  expect(router.canGoBack).toBe(false);
});
