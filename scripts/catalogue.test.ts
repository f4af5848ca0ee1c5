// @vitest-environment node
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { catalogue } from "./catalogue.ts";

test("a front carries its own texts and nobody else's", async () => {
  const root = await mkdtemp(join(tmpdir(), "kell-locales-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, "index.html"), '<script type="module" src="./main.ts"></script>');
  await writeFile(
    join(root, "main.ts"),
    'const all = import.meta.glob("./locales/*.json", { eager: true }); console.log(all);',
  );
  const texts = { "common.close": "Close it", "panel.inbox": "Inbox", "widget.greeting": "Hello" };
  await mkdir(join(root, "locales"));
  await writeFile(join(root, "locales", "en.json"), JSON.stringify(texts));

  await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [catalogue("common.", "widget.")],
  });

  const [script] = await readdir(join(root, "dist", "assets"));
  const built = await readFile(join(root, "dist", "assets", script ?? ""), "utf8");
  expect(built).toContain("Close it");
  expect(built).toContain("Hello");
  expect(built).not.toContain("Inbox");
});
