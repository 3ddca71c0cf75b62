/** Runs in the page. An image opened alone has a black background, which would print as a black sheet. */
export const readyForPrint = (): void => {
  if (!document.contentType.startsWith('image/')) return;
  document.body?.style.setProperty('background', '#fff', 'important');
};
