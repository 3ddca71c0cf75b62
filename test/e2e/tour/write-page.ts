/** Renders the page of the tour: one picture with a caption per step. */
export interface ShownStep {
  readonly caption: string;
  readonly picture: string;
  /** The error, when the step failed. */
  readonly failure: string | undefined;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

export const tourPage = (steps: readonly ShownStep[]): string => `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Point numérique : la visite</title>
<style>
  body { max-width: 1100px; margin: 40px auto; padding: 0 24px; background: #fbf8f2; color: #14213d; font: 20px/1.45 'Atkinson Hyperlegible Next', sans-serif; }
  h1 { font-size: 40px; }
  figure { margin: 0 0 56px; }
  figcaption { margin-bottom: 12px; font-size: 24px; font-weight: 600; }
  img { width: 100%; border: 1px solid #d9d2c4; border-radius: 14px; }
  .failed { color: #b3402a; white-space: pre-wrap; }
</style>
<h1>Point numérique : la visite</h1>
${steps
  .map(
    (step, at) => `<figure id="etape-${at + 1}">
  <figcaption>${at + 1}. ${escape(step.caption)}</figcaption>
  ${step.failure === undefined ? '' : `<p class="failed">${escape(step.failure)}</p>`}
  <img src="${step.picture}" alt="${escape(step.caption)}" loading="lazy">
</figure>`,
  )
  .join('\n')}
</html>
`;
