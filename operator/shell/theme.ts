import { signal } from "@preact/signals";
import { createStore } from "../../browser/store.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const store = createStore("kell.panel.");

/** What was chosen here before; the system's, if nothing was. */
export const theme = signal<Theme>(THEMES.find((one) => one === store.get("theme")) ?? "system");

export function chooseTheme(next: Theme): void {
  store.set("theme", next === "system" ? null : next);
  theme.value = next;
  paint();
}

/** tokens.css follows the system, unless the root says otherwise. */
export function paint(): void {
  const root = document.documentElement;
  if (theme.peek() === "system") delete root.dataset.theme;
  else root.dataset.theme = theme.peek();
}
