/// <reference types="vitest/config" />
import { defineConfig, type UserConfig } from "vite";
import { catalogue } from "./scripts/catalogue.ts";
import { precompress } from "./scripts/precompress.ts";

const own = [precompress()];

const shared: UserConfig = {
  publicDir: false,
  plugins: own,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

/** The one file that a host page loads: no hash in its name, no module, nothing beside it. */
const loader: UserConfig = {
  ...shared,
  plugins: [catalogue("widget.launcher"), ...own],
  build: {
    outDir: "static/dist",
    // The two apps lie in folders under it.
    emptyOutDir: false,
    lib: {
      entry: "widget/loader/main.ts",
      name: "kell",
      formats: ["iife"],
      fileName: () => "loader.js",
    },
  },
};

/** A page of its own, served at /widget/ or /operator/, its assets under /static/dist/<name>/. */
function app(name: string, root: string, prefix: string): UserConfig {
  return {
    ...shared,
    plugins: [catalogue("common.", prefix), ...own],
    root,
    base: `/static/dist/${name}/`,
    build: {
      outDir: `${import.meta.dirname}/static/dist/${name}`,
      emptyOutDir: true,
      manifest: "manifest.json",
      // Our pages forbid inline scripts and data: addresses.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  };
}

const tests: UserConfig = {
  ...shared,
  test: {
    environment: "happy-dom",
    include: ["{browser,widget,operator,scripts}/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
  },
};

export default defineConfig(({ mode }) => {
  switch (mode) {
    case "loader":
      return loader;
    case "widget":
      return app("widget", "widget/app", "widget.");
    case "operator":
      return app("operator", "operator", "panel.");
    default:
      return tests;
  }
});
