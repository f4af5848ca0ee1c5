import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { now } from "../../browser/clock.ts";
import { t } from "../../browser/i18n.ts";
import { messageWish } from "../conversation/message-wish.ts";
import { createSearch } from "../inbox/search.ts";
import { commandsOf } from "../shell/commands.ts";
import { usePanel } from "../shell/context.ts";
import { useOpenChat } from "../shell/use-open-chat.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Keycap } from "../ui/keycap.tsx";
import { Marked } from "../ui/marked.tsx";
import { visitorName } from "../ui/visitor-name.ts";
import { listTime } from "../ui/when.ts";
import { type Choice, fits } from "./choice.ts";
import css from "./palette.module.css";

/** Anything by its name: chats, colleagues, pages, deeds. */
export function Palette({ close }: { close: () => void }) {
  const panel = usePanel();
  const open = useOpenChat();
  const search = useMemo(() => createSearch(panel.call), [panel]);
  const text = useSignal("");
  const at = useSignal(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => search.close, [search]);

  const choices = useComputed<Choice[]>(() => {
    const words = text.value;
    const commands = commandsOf(panel)
      .filter(({ name }) => fits(name, words))
      .map((command) => ({ kind: "command" as const, id: command.name, ...command }));
    const people = panel.colleagues.all.value.people
      .filter(({ name }) => words.trim() !== "" && fits(name, words))
      .slice(0, 5)
      .map((person) => ({
        kind: "person" as const,
        id: person.id,
        name: person.name,
        photo: person.photo,
        run: () => panel.address.narrow({ assignee: person.id }),
      }));
    const chats = search.rows.value.slice(0, 8).map((found) => ({
      kind: "chat" as const,
      id: found.id,
      name: visitorName(found.conversation.visitor),
      hit: found.hit,
      last: found.conversation.last?.text ?? "",
      at: found.hit.at ?? found.conversation.last?.at ?? found.conversation.created_at,
      run: () => {
        const { message } = found.hit;
        messageWish.value = message === null ? null : { chat: found.id, message };
        if (message === null) open(found.id);
        else panel.address.open(found.id);
      },
    }));
    return [...chats, ...people, ...commands];
  });

  function run(choice: Choice | undefined): void {
    if (choice === undefined) return;
    // First: the focus goes back to where it was, and from there wherever the choice leads.
    close();
    queueMicrotask(choice.run);
  }

  function move(to: number): void {
    const count = choices.value.length;
    at.value = count === 0 ? 0 : (to + count) % count;
    requestAnimationFrame(() => {
      list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    });
  }

  const chosen = Math.min(at.value, Math.max(0, choices.value.length - 1));
  return (
    <Dialog label={t("panel.palette.title")} close={close}>
      <div class={css.field}>
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          autoFocus
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={choices.value.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={t("panel.palette.title")}
          placeholder={t("panel.palette.hint")}
          value={text.value}
          onInput={({ currentTarget: { value } }) => {
            text.value = value;
            at.value = 0;
            search.write(value);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") move(chosen + 1);
            else if (event.key === "ArrowUp") move(chosen - 1);
            else if (event.key === "Enter" && !event.isComposing) run(choices.value[chosen]);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div ref={list} class={css.list} id={id} role="listbox" aria-label={t("panel.palette.title")}>
        {choices.value.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field above has the focus
          <div
            key={`${choice.kind} ${choice.id}`}
            id={`${id}-${index}`}
            class={css.choice}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => {
              at.value = index;
            }}
            onClick={() => run(choice)}
          >
            <Words choice={choice} />
          </div>
        ))}
        {choices.value.length === 0 && (
          <p class={css.none} role="status">
            {t(search.state.value === "looking" ? "panel.loading" : "panel.search.nothing")}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Words({ choice }: { choice: Choice }) {
  if (choice.kind === "command") {
    return (
      <>
        <Icon name={choice.icon} />
        <span class={controls.cut}>{choice.name}</span>
        {choice.keys !== undefined && <Keycap>{choice.keys}</Keycap>}
      </>
    );
  }
  return (
    <>
      <Avatar
        name={choice.name}
        photo={choice.kind === "person" ? choice.photo : null}
        size="small"
      />
      <span class={css.words}>
        <span class={cx(controls.cut, css.name)} dir="auto">
          {choice.kind === "chat" && choice.hit.field === "name" ? (
            <Hit {...choice} />
          ) : (
            choice.name
          )}
        </span>
        <span class={cx(controls.cut, css.hit)} dir="auto">
          <Detail choice={choice} />
        </span>
      </span>
      {choice.kind === "chat" && <time dateTime={choice.at}>{listTime(choice.at, now())}</time>}
    </>
  );
}

function Detail({ choice }: { choice: Exclude<Choice, { kind: "command" }> }) {
  if (choice.kind === "person") return <>{t("panel.palette.chats_of", { name: choice.name })}</>;
  // By its name alone one could not tell a customer's chats apart.
  if (choice.hit.field === "name") return <>{choice.last}</>;
  return <Hit {...choice} />;
}

function Hit({ hit }: Pick<Extract<Choice, { kind: "chat" }>, "hit">) {
  return <Marked text={hit.text} ranges={hit.ranges} />;
}
