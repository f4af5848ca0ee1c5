import { expect, test } from "vitest";
import { linkable, shortAddress } from "./page-address.ts";

test("only web pages become links", () => {
  expect(linkable("https://example.org/a")).toBe(true);
  expect(linkable("javascript:alert(1)")).toBe(false);
  expect(linkable("data:text/html,x")).toBe(false);
});

test("an address is shown without what nobody reads", () => {
  expect(shortAddress("https://example.org/tekid/muhu/?utm=1#top")).toBe("example.org/tekid/muhu");
  expect(shortAddress("http://example.org/")).toBe("example.org");
});
