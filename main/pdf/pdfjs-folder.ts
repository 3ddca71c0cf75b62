/** Where pdf.js is installed, with the fonts, character maps and decoders that it brings along. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

export const pdfjsFolder = (): string => dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
