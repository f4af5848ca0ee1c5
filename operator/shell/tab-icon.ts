// Files, not drawn in the browser: a drawn one would be a data: address, which our pages forbid.
const icons = import.meta.glob<string>("./tab-icon/*.svg", {
  eager: true,
  query: "?url",
  import: "default",
});

/** The bell, with a red disc and the count from one on. */
export function iconFor(waiting: number): string {
  return icons[`./tab-icon/${waiting > 9 ? "more" : waiting}.svg`] ?? "";
}
