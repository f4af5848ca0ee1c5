// @vitest-environment node
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "vite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { precompress } from "./precompress.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kell-precompress-"));
});
afterEach(() => rm(root, { recursive: true }));

test("every text file of a build stands there three times, with one content", async () => {
  await writeFile(join(root, "main.ts"), 'import "./look.css"; document.title = "kell";');
  await writeFile(join(root, "look.css"), "body { color: red; background: url(./dot.png) }");
  await writeFile(join(root, "dot.png"), "not a text");
  await writeFile(join(root, "index.html"), '<script type="module" src="./main.ts"></script>');

  await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [precompress()],
    build: { assetsInlineLimit: 0 },
  });

  const files = await readdir(join(root, "dist"), { recursive: true });
  const texts = files.filter((name) => /\.(js|css|html)$/.test(name));
  expect(texts).toHaveLength(3);
  for (const name of texts) {
    const [plain, br, gz] = await Promise.all(
      ["", ".br", ".gz"].map((suffix) => readFile(join(root, "dist", name + suffix))),
    );
    expect(brotliDecompressSync(br ?? "")).toEqual(plain);
    expect(gunzipSync(gz ?? "")).toEqual(plain);
  }
  expect(files.filter((name) => /\.png\.(br|gz)$/.test(name))).toEqual([]);
});
