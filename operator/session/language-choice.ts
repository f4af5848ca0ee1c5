import { chooseLanguage, type Language, loadLanguage } from "../../browser/i18n.ts";
import type { Store } from "../../browser/store.ts";
import { createStore } from "../../browser/store.ts";

const store: Store = createStore("kell.panel.");

/** The language that was chosen here before, else the browser's. */
export function speakAsBefore(): Promise<void> {
  return loadLanguage(chooseLanguage([store.get("language"), ...navigator.languages]));
}

export function speak(language: Language): void {
  store.set("language", language);
  void loadLanguage(language);
}
