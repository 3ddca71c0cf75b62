import { describe, expect, it } from 'vitest';
import { answerKioskRequest, isKioskUrl, kioskScheme } from '../../../main/shell/electron/kiosk-scheme.ts';

const servedPaths: string[] = [];
const serve = async (path: string) => {
  servedPaths.push(path);
  return path === '/' ? { type: 'text/html; charset=utf-8', body: new TextEncoder().encode('<p>bonjour') } : undefined;
};
const get = (url: string, method = 'GET') => answerKioskRequest({ url, method }, serve);

describe('the scheme of our screens', () => {
  it('serves a known path with its type and a strict policy', async () => {
    const response = await get('kiosk://kiosk.localhost/');
    expect(await response.text()).toBe('<p>bonjour');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('answers an unknown path with 404, and the policy too', async () => {
    const response = await get('kiosk://kiosk.localhost/absent.js');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  it.each(['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'])('refuses %s', async (method) => {
    expect((await get('kiosk://kiosk.localhost/', method)).status).toBe(405);
  });

  it.each([
    'kiosk://other.localhost/',
    'kiosk://kiosk.localhost:8080/',
    'kiosk://user:pass@kiosk.localhost/',
    'https://kiosk.localhost/',
    'file:///etc/passwd',
    'not an address',
  ])('refuses %s before anything is read', async (url) => {
    servedPaths.length = 0;
    expect((await get(url)).status).toBe(404);
    expect(servedPaths).toEqual([]);
    expect(isKioskUrl(url)).toBe(false);
  });

  it.each(['/..%2f..%2fetc/passwd', '/a%5c..%5cb', '/%00', '/%2F'])('never asks for %s', async (path) => {
    servedPaths.length = 0;
    expect((await get(`kiosk://kiosk.localhost${path}`)).status).toBe(404);
    expect(servedPaths).toEqual([]);
  });

  it('resolves `..` before anything is read', async () => {
    servedPaths.length = 0;
    await get('kiosk://kiosk.localhost/a/../../../b');
    await get('kiosk://kiosk.localhost/a/%2e%2e/c');
    expect(servedPaths.every((path) => !path.includes('..'))).toBe(true);
  });

  it('asks Electron for no more than an origin, a secure context and fetch', () => {
    expect(kioskScheme.privileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
      codeCache: true,
    });
  });
});
