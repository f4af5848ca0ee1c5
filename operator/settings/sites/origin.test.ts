import { expect, test } from "vitest";
import { originIn } from "./origin.ts";

test.each([
  ["https://shop.example", "https://shop.example"],
  ["https://Shop.example/cart?x=1", "https://shop.example"],
  ["shop.example/", "https://shop.example"],
  ["http://localhost:5000", "http://localhost:5000"],
  ["*.shop.example", "https://*.shop.example"],
  ["https://lõng.example", "https://lõng.example"],
])("%s is %s", (typed, origin) => {
  expect(originIn(typed)).toBe(origin);
});

test.each(["", "shop", "ftp://shop.example", "https://", "my shop.example", "https://*"])(
  "%s is none",
  (typed) => {
    expect(originIn(typed)).toBeNull();
  },
);
