import { t } from "../../browser/i18n.ts";
import type { Store } from "../../browser/store.ts";
import css from "./app.module.css";
import type { Bell } from "./bell.ts";
import type { Chat } from "./chat.ts";
import { Header } from "./header.tsx";
import type { HostPage } from "./host-page.ts";
import { Offline, StaleLink } from "./notice.tsx";
import { form, talk } from "./parts.ts";
import { site } from "./site.ts";
import type { Writing } from "./writing.ts";

interface Props {
  bell: Bell;
  chat: Chat;
  page: HostPage;
  store: Store;
  writing: Writing;
}

export function App({ bell, chat, page, store, writing }: Props) {
  return (
    <main class={`${css.app} ${page.alone ? css.alone : ""}`}>
      <Header bell={bell} chat={chat} page={page} />
      {chat.refusal.value ? (
        <p class={css.unavailable}>{t("widget.unavailable")}</p>
      ) : (
        <Body chat={chat} page={page} store={store} writing={writing} />
      )}
    </main>
  );
}

/** The form, if a chat is to begin with one; else the thread. */
function Body({ chat, page, store, writing }: Omit<Props, "bell">) {
  if (isUnknown(chat)) return <Waiting chat={chat} writing={writing} />;
  if (!isAsking(chat)) {
    const Talk = talk.value?.Talk;
    return Talk ? (
      <Talk chat={chat} writing={writing} />
    ) : (
      <Waiting chat={chat} writing={writing} />
    );
  }
  const Form = form.value?.Form;
  // Whoever fills in a form will see the thread soon.
  return Form ? (
    <div class={css.asking} onFocusCapture={talk.fetch}>
      <Form chat={chat} page={page} store={store} writing={writing} />
      <StaleLink chat={chat} writing={writing} />
      <Offline chat={chat} />
    </div>
  ) : (
    <Waiting chat={chat} writing={writing} />
  );
}

/** Nothing tells yet whether there is a chat. */
function isUnknown({ state, drafts, loading }: Chat): boolean {
  return loading.value && !state.value && drafts.value.length === 0;
}

function isAsking({ state, drafts, returned }: Chat): boolean {
  if (returned.value) return true;
  const begun = state.value || drafts.value.length > 0;
  return !begun && site.value.fields.length > 0;
}

/** Still shapes where something will be, if it takes longer than a blink. */
function Waiting({ chat, writing }: Pick<Props, "chat" | "writing">) {
  return (
    <>
      <div class={css.shapes} aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      <StaleLink chat={chat} writing={writing} />
      <Offline chat={chat} />
    </>
  );
}
