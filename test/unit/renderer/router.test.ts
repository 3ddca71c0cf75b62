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

test('keeps what was chosen on a screen until it is left for good', () => {
  const router = new Router();
  const choice = () => router.kept('choice', () => ({ copies: 1 }));
  router.go('print', { source: { kind: 'guest-page' } });
  choice().copies = 3;
  router.go('needs', {});
  expect(choice().copies).toBe(1);
  router.back();
  expect(choice().copies).toBe(3);
  router.back();
  router.go('print', { source: { kind: 'guest-page' } });
  expect(choice().copies).toBe(1);
});

test('keeps the choices of one screen apart by their name', () => {
  const router = new Router();
  router.kept('one', () => ({ text: '' })).text = 'a';
  expect(router.kept('other', () => ({ text: '' })).text).toBe('');
});

test('keeps nothing at the end of a session, not even of the first screen', () => {
  const router = new Router();
  router.kept('choice', () => ({ text: '' })).text = 'a';
  router.home();
  expect(router.kept('choice', () => ({ text: '' })).text).toBe('');
});
