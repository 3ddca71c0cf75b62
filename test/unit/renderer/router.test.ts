import { expect, test } from 'vitest';
import { Router } from '../../../renderer/app/router.svelte.ts';

test('starts at home, without history', () => {
  const router = new Router();
  expect(router.current.name).toBe('pick');
  expect(router.canGoBack).toBe(false);
  router.back();
  expect(router.current.name).toBe('pick');
});

test('goes back through the visited screens', () => {
  const router = new Router();
  router.go('theme', { theme: 'logement' });
  router.go('sheet', { id: 'apl' });
  expect(router.current).toEqual({ name: 'sheet', params: { id: 'apl' } });
  router.back();
  expect(router.current).toEqual({ name: 'theme', params: { theme: 'logement' } });
});

test('skips a replaced screen when going back', () => {
  const router = new Router();
  router.go('sheet', { id: 'apl' });
  router.replace('visit', { id: 'apl' });
  router.back();
  expect(router.current.name).toBe('pick');
});

test('clears the history at home', () => {
  const router = new Router();
  router.go('sheet', { id: 'apl' });
  router.go('visit', { id: 'apl' });
  router.home();
  expect(router.current.name).toBe('pick');
  expect(router.canGoBack).toBe(false);
});
