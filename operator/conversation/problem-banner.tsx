import { t } from "../../browser/i18n.ts";
import { Banner } from "../ui/banner.tsx";
import controls from "../ui/controls.module.css";
import { problem } from "../ui/problem.ts";
import type { OpenChat } from "./open-chat.ts";
import css from "./problem-banner.module.css";

/** Why the last deed in this chat was refused. */
export function ProblemBanner({ chat }: { chat: OpenChat }) {
  const code = chat.problem.value;
  if (code === null) return null;
  return (
    <div class={css.around}>
      <Banner
        icon="circle-alert"
        tone="warn"
        action={
          <button class={controls.button} type="button" onClick={chat.dismiss}>
            {t("common.close")}
          </button>
        }
      >
        {problem(code)}
      </Banner>
    </div>
  );
}
