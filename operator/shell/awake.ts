/** Browsers let hidden pages doze: after so long, what is shown counts as old. */
const OLD = 60_000;

/** Runs `again` when the operator comes back to a tab that was hidden for over a minute. */
export function onReturn(again: () => void): () => void {
  let hiddenSince: number | null = document.hidden ? Date.now() : null;

  function turned(): void {
    if (document.hidden) {
      hiddenSince = Date.now();
      return;
    }
    if (hiddenSince !== null && Date.now() - hiddenSince > OLD) again();
    hiddenSince = null;
  }

  document.addEventListener("visibilitychange", turned);
  return () => document.removeEventListener("visibilitychange", turned);
}
