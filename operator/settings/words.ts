import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { addTexts, language, t } from "../../browser/i18n.ts";

type Texts = Record<string, string>;
// Texts of their own chunk: who only answers chats doesn't load them.
const catalogues = import.meta.glob<Texts>("../../locales/*.json", {
  query: "?settings",
  import: "default",
});

const PROBE = "panel.settings.title";
const failed = signal(false);

export type WordsState = "here" | "loading" | "failed";

/** Fetches the words of these pages, in the language that is spoken. */
export function useWords(): { state: WordsState; again(): void } {
  const spoken = language();
  const here = t(PROBE) !== PROBE;
  useEffect(() => {
    if (!here) void fetchWords(spoken);
  }, [here, spoken]);
  const state = here ? "here" : failed.value ? "failed" : "loading";
  return { state, again: () => void fetchWords(spoken) };
}

async function fetchWords(of: string): Promise<void> {
  failed.value = false;
  try {
    const texts = await catalogues[`../../locales/${of}.json`]?.();
    if (texts !== undefined && language() === of) addTexts(texts);
  } catch {
    failed.value = true;
  }
}
