import { expect, test } from "vitest";
import { findLinks } from "./links.ts";

const marked = (text: string) =>
  findLinks(text).map((piece) => (typeof piece === "string" ? piece : [piece.href]));

test.each([
  ["no address here", ["no address here"]],
  ["see https://shop.example/t/1.", ["see ", ["https://shop.example/t/1"], "."]],
  ["(www.shop.example)", ["(", ["https://www.shop.example"], ")"]],
  ["https://e.example/a_(b), yes", [["https://e.example/a_(b)"], ", yes"]],
  ["“https://e.example/õ?q=ä#x”", ["“", ["https://e.example/õ?q=ä#x"], "”"]],
  ["javascript:alert(1) data:text/html,x", ["javascript:alert(1) data:text/html,x"]],
  ["https:// and http://[", ["https:// and http://["]],
  ["a\nhttp://e.example\nb", ["a\n", ["http://e.example"], "\nb"]],
])("%j", (text, pieces) => {
  expect(marked(text)).toEqual(pieces);
});

test("loses nothing of the text", () => {
  const text = "x https://a.example, (https://b.example) www.c.example! <script>";
  const pieces = findLinks(text).map((piece) => (typeof piece === "string" ? piece : piece.text));
  expect(pieces.join("")).toBe(text);
});
