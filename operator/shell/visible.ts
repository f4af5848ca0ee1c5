import { signal } from "@preact/signals";

/** Whether the page can be seen at all. */
export const visible = signal(!document.hidden);

export function watchVisibility(): () => void {
  const turned = () => {
    visible.value = !document.hidden;
  };
  turned();
  document.addEventListener("visibilitychange", turned);
  return () => document.removeEventListener("visibilitychange", turned);
}
