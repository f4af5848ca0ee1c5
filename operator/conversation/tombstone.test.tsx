import { render, screen } from "@testing-library/preact";
import { beforeEach, expect, test } from "vitest";
import { loadLanguage } from "../../browser/i18n.ts";
import { PanelContext } from "../shell/context.ts";
import type { Panel } from "../shell/panel.ts";
import { COLLEAGUE, ME, message } from "../testing/samples.ts";
import { Tombstone } from "./tombstone.tsx";

const panel = { me: { ...ME, email: "liisa@example.org", role: "operator" } } as unknown as Panel;
const at = new Date().toISOString();

beforeEach(() => loadLanguage("en"));

function tombstone(by: typeof ME): string {
  const dead = message({ author: ME, text: null, deleted: true, deleted_at: at, deleted_by: by });
  const { unmount } = render(
    <PanelContext.Provider value={panel}>
      <Tombstone message={dead} />
    </PanelContext.Provider>,
  );
  const text = screen.getByText(/deleted a message/).textContent ?? "";
  unmount();
  return text;
}

test("it says who deleted the message and when, never what it said", () => {
  expect(tombstone(ME)).toMatch(/^You deleted a message, \d{1,2}:\d\d/);
  expect(tombstone(COLLEAGUE)).toMatch(/^Marten Kask deleted a message, \d{1,2}:\d\d/);
});
