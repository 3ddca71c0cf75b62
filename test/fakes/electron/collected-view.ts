/**
 * A fake of `WebContentsView` that nobody holds but the product. Electron destroys the page of a view that is garbage
 * collected while it is in no window (`WebContentsViewHost::TearDownNative`: "A WebContentsView owns its webContents",
 * "runs from the peer release task", `shell/browser/api/electron_api_web_contents_view.cc`; seen in the stack trace of
 * pull request 22674). `view.webContents` does not hold its view.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ElectronApi } from '../../../main/shell/electron/electron-api.ts';
import { FakeContents } from './fake-contents.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export interface CollectedViews {
  readonly WebContentsView: ElectronApi['WebContentsView'];
  readonly pages: readonly FakeContents[];
  /** Collects garbage, which destroys the page of each view that the product no longer holds. */
  collect(): Promise<void>;
}

/** `onPage`: called with each new page before the product uses it. */
export const createCollectedViews = (onPage: (page: FakeContents) => void): CollectedViews => {
  const made: { readonly view: WeakRef<object>; readonly page: FakeContents }[] = [];
  return {
    WebContentsView: class {
      readonly webContents = new FakeContents();
      constructor() {
        onPage(this.webContents);
        made.push({ view: new WeakRef(this), page: this.webContents });
      }
      setBounds(): void {
        /* laid out nowhere */
      }
      setVisible(): void {
        /* seen nowhere */
      }
    },
    get pages() {
      return made.map(({ page }) => page);
    },
    async collect() {
      await new Promise(setImmediate); // a `WeakRef` holds its object until the end of the running task
      collectGarbage();
      for (const { view, page } of made) if (view.deref() === undefined && !page.isDestroyed()) page.close();
      await new Promise(setImmediate);
    },
  };
};
