import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { visitorName } from "../ui/visitor-name.ts";
import type { OpenChat } from "./open-chat.ts";
import css from "./typing-line.module.css";

/** Below the thread while the visitor types; a screen reader would hear it far too often. */
export function TypingLine({ chat }: { chat: OpenChat }) {
  const { typing } = usePanel();
  const visitor = chat.conversation.value?.visitor;
  const people = typing.all.value.get(chat.id) ?? [];
  if (visitor === undefined || !people.some(({ id }) => id === visitor.id)) return null;
  return (
    <p class={css.typing} aria-hidden="true">
      <span class={css.dots}>
        <i />
        <i />
        <i />
      </span>
      {t("common.typing", { name: visitorName(visitor) })}
    </p>
  );
}
