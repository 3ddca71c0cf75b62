/**
 * Which window of another program goes into which frame. A frame claims the next window of its kind that no other frame
 * has, and the window manager has to release it first.
 */
import { atomOf, words, type XConnection } from './connection.ts';
import { openXPlaces } from './places.ts';
import { QUERY_TREE, readNumbers, readProperty, SEND_EVENT, UNMAP, WM_CLASS, xEvents, xMasks } from './requests.ts';

export interface FramedKind {
  readonly pid: number;
  readonly class: string;
  /** The window's role as its program declares it (`WM_WINDOW_ROLE`); any when absent. */
  readonly role?: string | undefined;
}

export interface XWindowClaim {
  /**
   * Takes the window once it is there and the window manager has released it; undefined before, then call it again. A
   * window that was taken can be taken again, wherever it is.
   */
  take(): Promise<number | undefined>;
  drop(): void;
}

export interface XWindowClaims {
  make(of: FramedKind): XWindowClaim;
  /** The first window of this kind that no frame has claimed. */
  find(of: FramedKind): Promise<number | undefined>;
  /** Whether the window belongs to a program, and is not one of the window manager. */
  isOfProgram(id: number): Promise<boolean>;
  /** The windows of this process that are in a frame. */
  windowsOf(pid: number): ReadonlySet<number>;
  /** A frame may be made for a window of this kind: it is awaited until the returned function is called. */
  expect(of: FramedKind): () => void;
  /** Whether a window of this process and role is expected, or a frame still waits for it. */
  isAwaited(pid: number, role: string): boolean;
}

interface Claim {
  readonly of: FramedKind;
  /** It is remembered because the window manager's list drops it on release. */
  window: number | undefined;
  isTaken: boolean;
}

const NAMES = ['_NET_CLIENT_LIST', '_NET_WM_PID', 'WM_WINDOW_ROLE'] as const;

export const openXWindowClaims = async (x: XConnection): Promise<XWindowClaims> => {
  const [list = 0, pidAtom = 0, roleAtom = 0] = await Promise.all(NAMES.map((one) => atomOf(x, one)));
  const { isViewable } = openXPlaces(x);
  /** In the order in which their frames were made. */
  const claims = new Set<Claim>();
  const expected = new Set<FramedKind>();

  const managed = async (): Promise<readonly number[]> => readNumbers(await readProperty(x, x.root, list));
  const isClaimed = (id: number): boolean => [...claims].some(({ window }) => window === id);
  const waiting = (): readonly Claim[] => [...claims].filter(({ isTaken }) => !isTaken);
  const taken = (): readonly Claim[] => [...claims].filter(({ isTaken }) => isTaken);
  const isNext = (claim: Claim): boolean => {
    const { pid, class: named, role } = claim.of;
    return waiting().find(({ of }) => of.pid === pid && of.class === named && of.role === role) === claim;
  };
  /** Only windows on the window manager's list: it would take back one that it has not finished managing. */
  const find = async (of: FramedKind): Promise<number | undefined> => {
    const known = await managed();
    const tree = known.length > 0 ? undefined : await x.ask(QUERY_TREE, 0, words(x.root));
    for (const id of tree ? readNumbers(tree.subarray(32)) : known) {
      // Without a window manager, the tree also contains a browser's helper windows, which are never mapped.
      if (isClaimed(id) || (tree && !(await isViewable(id)))) continue;
      const [owner, named, role] = await Promise.all(
        [pidAtom, WM_CLASS, roleAtom].map((atom) => readProperty(x, id, atom)),
      );
      if (readNumbers(owner)[0] !== of.pid || named?.toString('latin1').split('\0')[1] !== of.class) continue;
      if (of.role === undefined || role?.toString('latin1') === of.role) return id;
    }
    return undefined;
  };
  /**
   * Asks the window manager to release a window (ICCCM 4.1.4). If we reparented it without asking, openbox would put an
   * iconic one back on the root, out of our frame.
   */
  const withdraw = (id: number): void => {
    x.tell(UNMAP, 0, words(id));
    const head = Buffer.from([xEvents.unmapNotify, 0, 0, 0]);
    const event = Buffer.concat([head, words(x.root, id, 0, 0, 0, 0, 0)]);
    x.tell(
      SEND_EVENT,
      0,
      Buffer.concat([words(x.root, xMasks.substructureRedirect | xMasks.substructureNotify), event]),
    );
  };

  return {
    make(of) {
      const claim: Claim = { of, window: undefined, isTaken: false };
      claims.add(claim);
      return {
        async take() {
          // One frame at a time: two that search at once would find the same window.
          if (claim.window === undefined && isNext(claim)) claim.window = await find(of);
          const { window } = claim;
          if (window === undefined) return undefined;
          const [known, owner] = await Promise.all([managed(), readProperty(x, window, pidAtom)]);
          const isManaged = known.includes(window);
          if (!claims.has(claim)) return undefined; // its frame was destroyed meanwhile
          if (!claim.isTaken && readNumbers(owner)[0] !== of.pid) {
            claim.window = undefined; // it closed before it was released: look for another one
            return undefined;
          }
          if (isManaged) {
            withdraw(window);
            return undefined;
          }
          claim.isTaken = true;
          return window;
        },
        drop: () => void claims.delete(claim),
      };
    },
    find,
    async isOfProgram(id) {
      const known = await managed();
      return known.length === 0 || known.includes(id) || taken().some(({ window }) => window === id);
    },
    windowsOf: (pid) => new Set(taken().flatMap(({ of, window }) => (of.pid === pid && window ? [window] : []))),
    expect(of) {
      expected.add(of);
      return () => void expected.delete(of);
    },
    isAwaited: (pid, role) =>
      [...waiting().map(({ of }) => of), ...expected].some((one) => one.pid === pid && one.role === role),
  };
};
