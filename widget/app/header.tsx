import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import { t } from "../../browser/i18n.ts";
import type { Person } from "../../browser/protocol.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { Avatar } from "./avatar.tsx";
import type { Chat } from "./chat.ts";
import css from "./header.module.css";
import type { HostPage } from "./host-page.ts";

export function Header({ chat, page }: { chat: Chat; page: HostPage }) {
  const site = page.hello.value?.name;
  const operator = answering(chat);
  return (
    <header class={css.header}>
      {operator && <Avatar person={operator} />}
      <h1 class={css.title}>
        {operator ? (operator.name ?? t("widget.operator")) : (site ?? t("widget.launcher"))}
        {operator && site && <small>{site}</small>}
      </h1>
      {page.hello.value && (
        <button
          type="button"
          class={css.close}
          aria-label={t("common.close")}
          onClick={() => page.tell({ kell: "close" })}
        >
          <Icon svg={x} class={css.cross} />
          <Icon svg={chevronLeft} class={css.back} />
        </button>
      )}
    </header>
  );
}

/** Who has the chat; while it is nobody's, who wrote last. */
function answering(chat: Chat): Person | null {
  const { conversation, messages } = chat.state.value ?? {};
  const last = messages?.findLast(({ author }) => author.kind === "operator");
  return conversation?.operator ?? last?.author ?? null;
}
