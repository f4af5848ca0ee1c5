import { language } from "../../browser/i18n.ts";
import { capital } from "../ui/when.ts";

/** Estonian, British English: the visitor's first language, in the operator's words. */
export function languageName(tags: string): string {
  const tag = tags.split(/[,;]/)[0]?.trim() ?? "";
  try {
    // Without what goes without saying: et-EE is et, en-GB stays.
    const short = new Intl.Locale(tag).minimize().baseName;
    const name = new Intl.DisplayNames(language(), { type: "language" }).of(short) ?? tag;
    return capital(name);
  } catch {
    return tag;
  }
}
