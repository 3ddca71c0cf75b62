/**
 * Runs in the page, in our own world. Some navigations by the page's scripts and links would leave nothing to go back
 * from: a PDF that the page generated would replace it, and so would Chromium's error for a URL of another program. So
 * the page stays, the PDF is downloaded like a fetched one, and a link out of the web is reported. Stringified: it may
 * use nothing from outside.
 */
export function keptPage(deps: {
  readonly isPdfLink: (address: string) => boolean;
  readonly leavesWeb: (address: string) => boolean;
  readonly onOutside: (address: string) => void;
}): (event: NavigateEvent) => void {
  return (event) => {
    const { url } = event.destination;
    // A link that downloads replaces no page, and knows the name of its file.
    const isPdfLink = event.downloadRequest === null && deps.isPdfLink(url);
    if (!event.cancelable || (!isPdfLink && !deps.leavesWeb(url))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isPdfLink) Object.assign(document.createElement('a'), { href: url, download: '' }).click();
    else deps.onOutside(url);
  };
}
