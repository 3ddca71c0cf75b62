/**
 * `webRequest` does not see a document that a page created itself (`blob:`), so we run a script in an isolated world of
 * that page to learn its type. A PDF is downloaded into the tray by clicking a download link. A main-frame navigation
 * is held until the type is known, and continues if it is not a PDF. A frame's navigation is not held: its PDF is saved
 * as well as shown, so the site keeps working. `../guest/in-page.ts` does the same for a document that a page opens as
 * a window.
 */
import type { CdpSession } from '../guest/cdp-session.ts';

export interface MadeNavigation {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** Reads the blob from memory, so it is fast. A blob that the page cannot read counts as 'other'. */
const savePdfScript = (url: string): string => `(async () => {
  const address = ${JSON.stringify(url)};
  const { type } = await fetch(address).then((made) => made.blob()).catch(() => ({ type: '' }));
  if (!/^application\\/(x-)?pdf/i.test(type)) return 'other';
  Object.assign(document.createElement('a'), { href: address, download: '' }).click();
  return 'pdf';
})()`;

type Tree = Awaited<ReturnType<CdpSession['send']>> & {
  readonly frame: { readonly id: string; readonly securityOrigin?: string };
  readonly childFrames?: readonly Tree[];
};

const framesOf = (tree: Tree): readonly Tree['frame'][] => [
  tree.frame,
  ...(tree.childFrames ?? []).flatMap((child) => framesOf(child)),
];

export const keepMadeDocuments = (deps: {
  /** Undefined before the guest is armed: no site is loaded yet. */
  readonly session: () => CdpSession | undefined;
  readonly randomName: () => string;
}): ((navigation: MadeNavigation) => boolean) => {
  /** The address that we navigate to ourselves after holding it. It must not be held again. */
  let resuming: string | undefined;

  const run = async (session: CdpSession, frameId: string, expression: string): Promise<unknown> => {
    const worldName = deps.randomName();
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId, worldName });
    const { result } = await session.send('Runtime.evaluate', {
      contextId,
      expression,
      awaitPromise: true,
      userGesture: true,
    });
    return result.value;
  };

  const ask = async (session: CdpSession, { url, isMainFrame }: MadeNavigation): Promise<void> => {
    const { frameTree } = await session.send('Page.getFrameTree');
    const frames = framesOf(frameTree);
    const [main] = frames;
    const { origin } = new URL(url);
    const creator = frames.find(({ securityOrigin }) => securityOrigin === origin);
    if (creator !== undefined && (await run(session, creator.id, savePdfScript(url))) === 'pdf') return;
    if (!isMainFrame || main === undefined) return;
    resuming = url;
    await run(session, main.id, `location.assign(${JSON.stringify(url)})`);
  };

  /** Returns true when the navigation must be held. */
  return (navigation) => {
    const session = deps.session();
    if (!navigation.url.startsWith('blob:') || session === undefined || resuming === navigation.url) return false;
    // Fails if the page has navigated away in the meantime. Then nothing opens.
    void ask(session, navigation).catch(() => undefined);
    return navigation.isMainFrame;
  };
};
