/** Runs in the page. A picture opened by itself lies on black: on paper that would be a black sheet. */
export const readyForPaper = (): void => {
  if (!document.contentType.startsWith('image/')) return;
  document.body?.style.setProperty('background', '#fff', 'important');
};
