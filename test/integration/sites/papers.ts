import { execFile } from 'node:child_process';

/** The text of a PDF, extracted by poppler. `-bbox`: with the position of each word. */
export const pdfText = (bytes: Buffer, form: '-layout' | '-bbox' = '-layout'): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile('pdftotext', [form, '-', '-'], { timeout: 10_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(bytes);
  });

export const upload = (
  files: Readonly<Record<string, readonly [name: string, bytes: Buffer<ArrayBuffer>]>>,
): FormData => {
  const form = new FormData();
  for (const [field, [name, bytes]] of Object.entries(files)) form.append(field, new Blob([bytes]), name);
  return form;
};

export const somePdf = (sizeBytes: number): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(sizeBytes, 32);
  bytes.write('%PDF-1.4\n');
  return bytes;
};
