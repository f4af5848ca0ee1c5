import { CopyButton } from "../../ui/copy-button.tsx";
import css from "./code.module.css";

/** Something to paste elsewhere. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div class={css.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reached by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
