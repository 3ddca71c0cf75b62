import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { droppedErrors } from './eslint.catch.js';
import { electronRules } from './eslint.electron.js';
import svelteConfig from './svelte.config.js';

const everywhere = [
  { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector: 'MemberExpression[property.name="NODE_ENV"]',
    message: 'The product does not know that it is tested.',
  },
];

/** The same for all files: another set of extensions makes typescript-eslint load the whole project again. */
const typed = { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] };

export default ts.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'out/',
      'kiosk-config/schema/',
      'test/fixtures/sites/**/web/',
      'test/fixtures/sites/web/',
      // Its places are in the copy that its test makes, where its types are checked.
      'test/fixtures/new-feature/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...everywhere],
      // Typed arrays of pixels are indexed by arithmetic; asserting there is honest, elsewhere it is rare.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An empty catch says why in a comment.
      'no-irregular-whitespace': [
        'error',
        { skipStrings: true, skipTemplates: true, skipComments: true, skipRegExps: true },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      // Prettier wraps code, but no comment, and nobody can wrap a sentence in a string.
      'max-len': [
        'error',
        {
          code: 120,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
          ignorePattern: '(prettier|eslint|svelte)-(ignore|disable)',
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: typed.extraFileExtensions, svelteConfig },
    },
    // `$props()` is destructured with `let` by Svelte's own convention; svelte-check knows which ignores are used.
    rules: { 'prefer-const': 'off', 'svelte/no-unused-svelte-ignore': 'off' },
  },
  {
    files: ['main/shell/electron/**', 'main/process/both-on-electron.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...electronRules] },
  },
  {
    files: ['main/**/*.ts', 'renderer/**/*.ts'],
    plugins: { 'dropped-errors': droppedErrors },
    rules: { 'dropped-errors/say-why': 'error' },
  },
  // What only types can tell. A promise that nobody waits for says so with `void`. Not in `.svelte` files, each of
  // which makes the parser check the project again: that takes longer than all the rest.
  {
    files: ['main/**/*.ts', 'renderer/**/*.ts', 'test/**/*.ts'],
    ignores: ['**/*.d.ts'],
    languageOptions: { parserOptions: typed },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['main/**/*.ts'],
    ignores: ['**/*.d.ts'],
    extends: [...ts.configs.recommendedTypeChecked],
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Methods of ports return promises, even in adapters that have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Ports and features are objects made of closures: their methods do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // They print values from YAML. Objects are handled before, so only strings, numbers and booleans remain.
    files: ['main/config/explain.ts', 'main/config/check-site.ts'],
    rules: { '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    // They replace functions of a page, and convert its arguments to strings as a browser does.
    files: ['main/shell/electron/guest-preload.ts', 'main/shell/guest/in-page.ts'],
    rules: { '@typescript-eslint/no-base-to-string': 'off', '@typescript-eslint/no-unsafe-return': 'off' },
  },
  // Tests print which of them are skipped, and what they measured.
  { files: ['test/**'], rules: { 'no-console': 'off' } },
  { files: ['*.config.{js,ts}', '**/*.cjs', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
