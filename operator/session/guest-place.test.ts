import { expect, test } from "vitest";
import { guestPlaceIn } from "./guest-place.ts";

test("links from mails and a forgotten password have pages of their own", () => {
  expect(guestPlaceIn("/operator/welcome", "#link=abc.def")).toEqual({
    is: "link",
    link: "abc.def",
  });
  expect(guestPlaceIn("/operator/reset", "#link=abc")).toEqual({ is: "link", link: "abc" });
  expect(guestPlaceIn("/operator/forgot", "")).toEqual({ is: "forgot" });
  expect(guestPlaceIn("/operator/reset", "")).toBeNull();
  expect(guestPlaceIn("/operator/", "#link=abc")).toBeNull();
});
