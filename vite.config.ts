/// <reference types="vitest/config" />
import { defineConfig, type UserConfig } from "vite";
import { bareIcons } from "./scripts/bare-icons.ts";
import { bareImports } from "./scripts/bare-imports.ts";
import { catalogue } from "./scripts/catalogue.ts";
import { fonts } from "./scripts/fonts.ts";
import { precompress } from "./scripts/precompress.ts";
import { shortNames } from "./scripts/short-names.ts";
import { usedProperties } from "./scripts/used-properties.ts";

const own = [precompress()];

/** How long a plugin took is no warning. */
const quiet = { rolldownOptions: { checks: { pluginTimings: false } } };

/** What strangers load on any phone is worth a slower build. */
const small: UserConfig["build"] = {
  ...quiet,
  minify: "terser",
  terserOptions: {
    module: true,
    compress: { passes: 3, pure_getters: true },
    // For V8: compile it all where it is read, beside the page's main thread, not when it is called.
    format: { preamble: "//# allFunctionsCalledOnLoad" },
  },
};

const shared: UserConfig = {
  publicDir: false,
  plugins: own,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

/** The one file that a host page loads: no hash in its name, no module, nothing beside it. */
const loader: UserConfig = {
  ...shared,
  build: {
    ...small,
    outDir: "static/dist",
    // Styles go out as they are written: what stands in for newer ones would cost a tenth of it.
    cssTarget: "esnext",
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

/** What the loader fetches once it is needed. The loader names it, so its name never changes. */
const api: UserConfig = {
  ...shared,
  build: {
    ...small,
    outDir: "static/dist",
    emptyOutDir: false,
    cssTarget: "esnext",
    lib: { entry: "widget/api/main.ts", formats: ["es"], fileName: () => "api.js" },
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
      ...quiet,
      outDir: `${import.meta.dirname}/static/dist/${name}`,
      emptyOutDir: true,
      manifest: "manifest.json",
      // Our pages forbid inline scripts and data: addresses.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  };
}

/** Strangers load this one on any phone: nothing in it that it could do without. */
function light(front: UserConfig): UserConfig {
  return {
    ...front,
    plugins: [bareImports(), bareIcons(), usedProperties(), ...(front.plugins ?? [])],
    css: { modules: { generateScopedName: shortNames() } },
    build: {
      ...front.build,
      ...small,
      cssCodeSplit: false,
      rolldownOptions: {
        ...quiet.rolldownOptions,
        output: {
          // What it begins with is one file, and has all that the parts have in common.
          codeSplitting: { groups: [{ name: "main", tags: ["$initial"] }] },
        },
      },
    },
  };
}

/** What the panel begins with comes as one file, not as thirty; what is seldom opened comes later. */
function whole(front: UserConfig): UserConfig {
  const first =
    /\/(browser|locales\/loader|node_modules|operator\/(ui|shell|bell|customer|inbox|session|conversation))\//;
  const later =
    /\/(locales|settings)\/|(canned-menu|filter-content|marked|visitor-column|pages|card|customer-card|earlier-chats|duration|browser-name|language-name|copy-button|commands|page-head|presence-dot|dialog|found-list|hand-over|receivers|emoji-picker|guest-|new-password|login-|password-field|dial-drawing|wait|languages|me-content)[\w.-]*$/;
  const isFirst = (id: string) => {
    // The folder in which all this lies may be called anything.
    const own = id.replace(import.meta.dirname, "");
    return first.test(own) && !later.test(own);
  };
  return {
    ...front,
    plugins: [fonts(), ...(front.plugins ?? [])],
    build: {
      ...front.build,
      rolldownOptions: {
        // How long our own compression takes is no news.
        checks: { pluginTimings: false },
        output: { codeSplitting: { groups: [{ name: "panel", test: isFirst }] } },
      },
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
    case "api":
      return api;
    case "widget":
      return light(app("widget", "widget/app", "widget."));
    case "operator":
      return whole(app("operator", "operator", "panel."));
    default:
      return tests;
  }
});
