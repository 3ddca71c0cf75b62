/**
 * A document that a page made itself (`blob:`) passes no `webRequest`: its page is asked what it is, in a world of ours. A PDF
 * becomes a document of the tray, by a link that downloads. In the place of the page it is held meanwhile, and anything else goes
 * on; in a frame it is kept beside being shown, so nothing of a site is ever in its way. What a page opens as a window is asked
 * by `../guest/in-page.ts`.
 */
import type { CdpSession } from '../guest/cdp-session.ts';

export interface MadeNavigation {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** From memory: nobody waits. What the page itself may not read is left to it. */
const asked = (url: string): string => `(async () => {
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
  /** None before the guest is armed: nothing of a site is there. */
  readonly session: () => CdpSession | undefined;
  readonly randomName: () => string;
}): ((navigation: MadeNavigation) => boolean) => {
  /** On its way, as we let it go on. */
  let going: string | undefined;

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
    const maker = frames.find(({ securityOrigin }) => securityOrigin === origin);
    if (maker !== undefined && (await run(session, maker.id, asked(url))) === 'pdf') return;
    if (!isMainFrame || main === undefined) return;
    going = url;
    await run(session, main.id, `location.assign(${JSON.stringify(url)})`);
  };

  /** True: the navigation is held. */
  return (navigation) => {
    const session = deps.session();
    if (!navigation.url.startsWith('blob:') || session === undefined || going === navigation.url) return false;
    // The page may leave meanwhile: then there is nobody to ask, and nothing opens.
    void ask(session, navigation).catch(() => undefined);
    return navigation.isMainFrame;
  };
};
