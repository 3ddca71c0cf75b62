/** What a screen says, in the order in which it is read aloud. */
import { SPOKEN_LIMITS } from '../../../main/contract/speech-limits.ts';

export interface ScreenText {
  /** Shown as the place that is being read. */
  readonly element: HTMLElement;
  readonly words: string;
  /** Of its `lang`, or of the page: the main part of a BCP 47 tag. */
  readonly tag: string;
}

/**
 * Pictures, what is there for screen readers only (whoever listens here sees the screen), and the way back, which
 * stands before the title of every screen.
 */
const UNREAD = 'svg, script, style, .unseen, .ghost, [aria-hidden="true"], [data-unread]';
/** Read as a whole, and pressed as a whole. */
const WHOLE = 'button, a, label, summary';
/** All texts together stay below the size of one message. */
const MOST_CHARS = 30_000;

const isInline = (element: Element): boolean => /^(inline|contents|ruby)/.test(getComputedStyle(element).display);

const blockOf = (node: Node): HTMLElement | null => {
  let element = node.parentElement;
  while (element && isInline(element)) element = element.parentElement;
  return element;
};

const isRead = (element: Element): boolean =>
  !element.matches(UNREAD) && element.checkVisibility({ visibilityProperty: true });

/** The parts of the screen that may be read: the panel in front, else everything but the bar, which is always there. */
const rootsOf = (page: Document): readonly Element[] => {
  const panel = [...page.querySelectorAll('dialog[open]')].at(-1);
  if (panel) return [panel];
  // On a site, what covers it comes first.
  return ['main', 'aside:not(main *)', '.screen > footer'].flatMap((part) => [...page.querySelectorAll(part)]);
};

/** A field without a visible label says what it is for. */
const nameOfField = (element: Element): string =>
  element.matches('input, textarea, select') ? (element.ariaLabel ?? element.getAttribute('placeholder') ?? '') : '';

const tagOf = (element: Element): string => element.closest<HTMLElement>('[lang]')?.lang.split('-')[0] ?? '';

const textsUnder = (root: Element): readonly ScreenText[] => {
  const found: (ScreenText & { block: HTMLElement; parent: HTMLElement })[] = [];
  /** A picture stands between the last words and the next ones. */
  let parted = false;
  const add = (element: HTMLElement, block: HTMLElement, parent: HTMLElement, words: string): void => {
    const last = found.at(-1);
    const same = last?.element === element;
    const blank = words === ' ';
    if (!same && !blank) found.push({ element, block, parent, words: words.trimStart(), tag: tagOf(parent) });
    if (!same || (blank && last.block !== block)) return;
    // Two lines of one button, or two things side by side without a space: the voice pauses between them.
    const touch =
      (parted || parent !== last.parent) && /[\p{L}\p{N}]$/u.test(last.words) && /^[\p{L}\p{N}]/u.test(words);
    const between = last.block !== block ? '\n\n' : touch ? ', ' : '';
    found[found.length - 1] = { ...last, block, parent, words: `${last.words}${between}${words}` };
    parted = false;
  };
  const walk = (node: Node): void => {
    if (node instanceof HTMLElement && isRead(node)) {
      const name = nameOfField(node);
      if (name === '') node.childNodes.forEach(walk);
      else add(node, node, node, name);
    } else if (node instanceof Element) parted = true;
    else if (node.nodeType === Node.TEXT_NODE && node.nodeValue !== '') {
      const block = blockOf(node);
      const parent = node.parentElement;
      const words = (node.nodeValue ?? '').replace(/\s+/g, ' ');
      if (block && parent) add(block.closest<HTMLElement>(WHOLE) ?? block, block, parent, words);
    }
  };
  walk(root);
  return found.map(({ element, words, tag }) => ({ element, tag, words: words.trim().slice(0, SPOKEN_LIMITS.chars) }));
};

/** Texts with letters or digits, at most as many as may be read at once. */
export const screenTexts = (page: Document): readonly ScreenText[] => {
  let left = MOST_CHARS;
  return rootsOf(page)
    .flatMap(textsUnder)
    .filter(({ words }) => /[\p{L}\p{N}]/u.test(words) && (left -= words.length) >= 0)
    .slice(0, SPOKEN_LIMITS.texts);
};
