import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { OfflineBanner } from "../shell/offline-banner.tsx";
import { lettersOn } from "../shell/shortcut-choice.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { Keycap } from "../ui/keycap.tsx";
import { problem } from "../ui/problem.ts";
import { Composer } from "./composer.tsx";
import { Header } from "./header.tsx";
import type { OpenChat } from "./open-chat.ts";
import { ProblemBanner } from "./problem-banner.tsx";
import css from "./talk.module.css";
import { Thread } from "./thread.tsx";
import { Waiting } from "./waiting.tsx";

/** The pane of the conversation. */
export function Talk() {
  const chat = usePanel().chat.value;
  return (
    <main class={css.pane} aria-label={t("panel.talk.label")}>
      {chat === null ? <Nothing /> : <Chat key={chat.id} chat={chat} />}
    </main>
  );
}

function Chat({ chat }: { chat: OpenChat }) {
  switch (chat.state.value) {
    case "loading":
      return <Waiting id={chat.id} />;
    case "failed":
      return <Failed chat={chat} />;
    case "gone":
      return <Gone />;
    case "ready":
      return (
        <>
          <Header chat={chat} />
          <ProblemBanner chat={chat} />
          <Thread chat={chat} />
          <div class={css.offline}>
            <OfflineBanner />
          </div>
          <Composer chat={chat} />
        </>
      );
  }
}

function Nothing() {
  const { inbox } = usePanel();
  return (
    <div class={css.middle}>
      <Blank icon="inbox" title={t("panel.talk.none")}>
        {inbox.waiting.value > 0 && lettersOn.value && (
          <span>
            {t("panel.talk.none_text")}
            <Keycap>W</Keycap>
            {t("panel.talk.none_longest")}
          </span>
        )}
      </Blank>
    </div>
  );
}

function Failed({ chat }: { chat: OpenChat }) {
  return (
    <div class={css.middle}>
      <Blank icon="circle-alert" title={t("panel.talk.failed")}>
        {problem(chat.problem.value)}
        <span class={css.buttons}>
          <Back />
          <button class={controls.button} type="button" onClick={chat.read}>
            {t("common.try_again")}
          </button>
        </span>
      </Blank>
    </div>
  );
}

function Gone() {
  return (
    <div class={css.middle} role="status">
      <Blank icon="lock" title={t("panel.talk.none")}>
        {t("panel.talk.gone")}
        <Back />
      </Blank>
    </div>
  );
}

function Back() {
  const { address } = usePanel();
  return (
    <button class={controls.button} type="button" onClick={() => address.open(null)}>
      {t("panel.talk.back")}
    </button>
  );
}
