import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import volume from "lucide-static/icons/volume-2.svg?raw";
import volumeOff from "lucide-static/icons/volume-x.svg?raw";
import x from "lucide-static/icons/x.svg?raw";
import { now } from "../../browser/clock.ts";
import { t } from "../../browser/i18n.ts";
import type { Person } from "../../browser/protocol.ts";
import { Icon } from "../../browser/ui/icon.tsx";
import { Avatar } from "./avatar.tsx";
import type { Bell } from "./bell.ts";
import type { Chat } from "./chat.ts";
import css from "./header.module.css";
import type { HostPage } from "./host-page.ts";
import { answering, site } from "./site.ts";
import { namesOf, stateLine } from "./when.ts";

interface Props {
  bell: Bell;
  chat: Chat;
  page: HostPage;
}

/** Who answers, and when. */
export function Header({ bell, chat, page }: Props) {
  const online = answering.value;
  const { people } = online;
  const writer = writing(chat);
  const name = site.value.name || page.hello.value?.name;
  const here = writer && people.some((each) => each.name === writer.name);
  const title = writer
    ? (writer.name ?? t("widget.operator"))
    : (people.length > 0 && namesOf(online)) || name || t("widget.launcher");
  return (
    <header class={css.header}>
      {writer && <Avatar person={writer} here={here} />}
      {!writer && people.length > 0 && (
        <span class={css.faces}>
          {people.slice(0, 3).map((person) => (
            <Avatar key={person.name} person={person} here />
          ))}
        </span>
      )}
      <h1 class={css.title}>
        {title}
        <small>
          {online.state === "closed" && !writer ? t("widget.closed_now") : stateLine(online, now())}
        </small>
      </h1>
      {chat.state.value && <Mute bell={bell} />}
      {page.hello.value && (
        <button
          type="button"
          class={`${css.button} ${css.close}`}
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

function Mute({ bell }: { bell: Bell }) {
  const muted = bell.muted.value;
  const words = t(muted ? "widget.unmute" : "widget.mute");
  return (
    <button
      type="button"
      class={css.button}
      aria-label={words}
      title={words}
      onClick={() => bell.mute(!muted)}
    >
      <Icon svg={muted ? volumeOff : volume} />
    </button>
  );
}

/** Who has the chat; while it is nobody's, who wrote last. */
function writing(chat: Chat): Person | null {
  const { conversation, messages } = chat.state.value ?? {};
  const last = messages?.findLast(({ author }) => author.kind === "operator");
  return conversation?.operator ?? last?.author ?? null;
}
