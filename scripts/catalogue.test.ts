import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";

const texts = '{"common.ok":"OK","panel.inbox":"Inbox","widget.new":"New"}';

function left(id: string, ...prefixes: string[]): unknown {
  const { transform } = catalogue(...prefixes);
  if (typeof transform !== "function") throw new Error("the plugin has no transform");
  const result = transform.call({} as never, texts, id) as { code: string } | null;
  return result && JSON.parse(result.code);
}

test("a front keeps its own texts and the common ones", () => {
  expect(left("/src/locales/et.json", "common.", "widget.")).toEqual({
    "common.ok": "OK",
    "widget.new": "New",
  });
});

test("other files are left as they are", () => {
  expect(left("/src/package.json", "common.")).toBeNull();
  expect(left("/src/locales/index.ts", "common.")).toBeNull();
});

test("a part that is fetched late is a catalogue of its own", () => {
  const all = '{"panel.inbox":"Inbox","panel.settings.look":"Look","widget.new":"New"}';
  const { transform } = catalogue("panel.");
  if (typeof transform !== "function") throw new Error("the plugin has no transform");
  const kept = (query: string) =>
    (transform.call({} as never, all, `/src/locales/et.json${query}`) as { code: string }).code;
  expect(kept("")).toBe('{"panel.inbox":"Inbox"}');
  expect(kept("?settings")).toBe('export default {"panel.settings.look":"Look"};');
});
