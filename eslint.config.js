import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
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

export default ts.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'out/',
      'kiosk-config/schema/',
      'test/fixtures/sites/**/web/',
      'test/fixtures/sites/web/',
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
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    // `$props()` is destructured with `let` by Svelte's own convention; svelte-check knows which ignores are used.
    rules: { 'prefer-const': 'off', 'svelte/no-unused-svelte-ignore': 'off' },
  },
  {
    files: ['main/shell/electron/**', 'main/electron-main.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...electronRules] },
  },
  // Rooms where the machine's own tools are driven and told of.
  { files: ['test/**'], rules: { 'no-console': 'off' } },
  { files: ['*.config.{js,ts}', '**/*.cjs', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
