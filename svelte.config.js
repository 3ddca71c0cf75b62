import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // Runes everywhere in our own code; packages keep their own mode.
  compilerOptions: { runes: true },
};
