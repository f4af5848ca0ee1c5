import { afterEach, expect, test } from "vitest";
import { addressOf, chatIn, createAddress, viewIn } from "./address.ts";

const ID = "01a203040fa27686b6a728959875c81b";

afterEach(() => history.replaceState(null, "", "/"));

test("the open chat and the view stand in the address", () => {
  expect(addressOf(null, "all")).toBe("/operator/");
  expect(addressOf(ID, "mine")).toBe(`/operator/c/${ID}?view=mine`);
  expect(chatIn(`/operator/c/${ID}`)).toBe(ID);
  expect(viewIn("?view=closed")).toBe("closed");
});

test("an address that means nothing opens the list", () => {
  expect(chatIn("/operator/c/../../x")).toBeNull();
  expect(chatIn("/operator/elsewhere")).toBeNull();
  expect(viewIn("?view=important")).toBe("all");
});

test("back leads to the chat before", () => {
  const address = createAddress();
  address.open(ID);
  expect(location.pathname).toBe(`/operator/c/${ID}`);
  address.open(null);
  history.replaceState(null, "", `/operator/c/${ID}`);
  dispatchEvent(new PopStateEvent("popstate"));
  expect(address.chat.value).toBe(ID);
  address.close();
});

test("an area and the place in it stand in the address, and back leads out of it", () => {
  const address = createAddress();
  expect(address.area.value).toBeNull();
  address.go("settings", "people/7");
  expect(location.pathname).toBe("/operator/settings/people/7");
  expect(address.area.value).toEqual({ name: "settings", path: "people/7" });
  address.open(ID);
  expect(address.area.value).toBeNull();
  expect(address.chat.value).toBe(ID);
  address.close();
});
