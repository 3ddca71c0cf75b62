import { describe, expect, it } from 'vitest';
import { createEarlyScreens } from '../../../main/shell/early-screens.ts';
import type { KioskViewOptions } from '../../../main/shell/port.ts';

const page = (body: string) => async () => ({ type: 'text/html', body: Buffer.from(body) });

const listenerOf = () => {
  const heard: string[] = [];
  const by: KioskViewOptions = {
    serve: page('later'),
    onMessage: (text) => void heard.push(text),
    onReady: () => void heard.push('(ready)'),
    onClosed: () => void heard.push('(closed)'),
  };
  return { heard, by };
};

describe('screens that load before main is listening', () => {
  it('keep their messages, in order, until a listener is set', () => {
    const { options, hear } = createEarlyScreens({ serve: page('early') });
    options.onMessage('one');
    options.onReady();
    options.onMessage('two');
    const { heard, by } = listenerOf();
    hear(by);
    expect(heard).toEqual(['one', '(ready)', 'two']);
  });

  it('deliver messages directly afterwards, and none twice', () => {
    const { options, hear } = createEarlyScreens({ serve: page('early') });
    options.onMessage('one');
    const { heard, by } = listenerOf();
    hear(by);
    options.onMessage('two');
    options.onClosed();
    expect(heard).toEqual(['one', 'two', '(closed)']);
  });

  it('get their files from the early server, then from the listener', async () => {
    const { options, hear } = createEarlyScreens({ serve: page('early') });
    expect(Buffer.from((await options.serve('/'))?.body ?? []).toString()).toBe('early');
    hear(listenerOf().by);
    expect(Buffer.from((await options.serve('/'))?.body ?? []).toString()).toBe('later');
  });

  it('report a browser that closed before a listener was set', () => {
    const { options, hear } = createEarlyScreens({ serve: page('early'), window: { width: 1280, height: 800 } });
    options.onClosed();
    const { heard, by } = listenerOf();
    hear(by);
    expect(heard).toEqual(['(closed)']);
    expect(options.window).toEqual({ width: 1280, height: 800 });
  });
});
