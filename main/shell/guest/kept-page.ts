/**
 * Runs in the page itself, in our own world. What its own scripts and links lead to may leave nothing to go back from: a paper that
 * the page made would take its place, and so would Chromium's refusal of an address for another program. The page stays; the paper
 * is kept like one that was fetched, and what leaves the web is told. Stringified: nothing but its own words may be used in it.
 */
export function keptPage(deps: {
  readonly isPaper: (address: string) => boolean;
  readonly leavesWeb: (address: string) => boolean;
  readonly onOutside: (address: string) => void;
}): (event: NavigateEvent) => void {
  return (event) => {
    const { url } = event.destination;
    const isPaper = deps.isPaper(url);
    if (!event.cancelable || (!isPaper && !deps.leavesWeb(url))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isPaper) Object.assign(document.createElement('a'), { href: url, download: '' }).click();
    else deps.onOutside(url);
  };
}
