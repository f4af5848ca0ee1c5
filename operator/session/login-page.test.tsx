import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadLanguage } from "../../browser/i18n.ts";
import { refusal } from "../../browser/refusal.ts";
import { LoginPage } from "./login-page.tsx";
import { createSession, type Session } from "./session.ts";

beforeEach(() => loadLanguage("en"));
afterEach(cleanup);

function page(signIn: Session["signIn"]) {
  render(<LoginPage session={{ ...createSession(), signIn }} ended={false} forgot={() => {}} />);
  const email = screen.getByLabelText<HTMLInputElement>("E-mail");
  const password = screen.getByLabelText<HTMLInputElement>("Password");
  email.value = "liisa@example.org";
  password.value = "kaheksateist";
  return { email, password, button: screen.getByText<HTMLButtonElement>("Sign in") };
}

test("a refusal is said at its field, and nothing typed is lost", async () => {
  const { email, password, button } = page(async () => refusal("login_failed"));
  fireEvent.click(button);
  await screen.findByText(/don’t match/);
  expect(password.getAttribute("aria-invalid")).toBe("true");
  expect([email.value, password.value]).toEqual(["liisa@example.org", "kaheksateist"]);
  expect(document.activeElement).toBe(password);
});

test("too many tries name the time, and the button waits", async () => {
  const signIn = vi.fn(async () => ({ error: { code: "rate_limited", retry_after: 45 } }));
  const { button } = page(signIn);
  fireEvent.click(button);
  await waitFor(() => expect(screen.getAllByText(/try again in 0:4\d/)).not.toHaveLength(0));
  expect(button.disabled).toBe(true);
});
