import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { FoundCustomer } from "../../browser/protocol.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { today } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { sentenceTime } from "../ui/when.ts";
import type { Card } from "./card.ts";
import css from "./customer-card.module.css";

/** Typing comes in bursts: the server is asked when so many ms went by without a letter. */
const PAUSE = 180;

/** Other cards of the same customer: put into this one, and taken out again. */
export function CardsTogether({ card }: { card: Card }) {
  const text = useSignal("");
  const found = useSignal<readonly FoundCustomer[] | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function write(value: string): void {
    text.value = value;
    clearTimeout(timer.current);
    const words = value.trim();
    if (words.length < 2) found.value = null;
    else
      timer.current = setTimeout(async () => {
        const answer = await card.find(words);
        if (text.peek().trim() === words) found.value = answer;
      }, PAUSE);
  }

  return (
    <section class={css.section}>
      <h3>{t("panel.customer.together")}</h3>
      <ul>
        {card.card.value?.merges.map(({ id, name, email, at }) => (
          <li key={id} class={css.line}>
            <Who name={name} detail={email} />
            <time dateTime={at} title={exactTime(at)}>
              {sentenceTime(at, today())}
            </time>
            <button class={controls.button} type="button" onClick={() => void card.unmerge(id)}>
              {t("panel.customer.take_out")}
            </button>
          </li>
        ))}
      </ul>
      <input
        class={controls.field}
        type="search"
        autocomplete="off"
        maxLength={200}
        aria-label={t("panel.customer.find")}
        placeholder={t("panel.customer.find")}
        value={text.value}
        onInput={({ currentTarget }) => write(currentTarget.value)}
      />
      <ul aria-live="polite">
        {found.value?.map(({ id, name, email, phone }) => (
          <li key={id} class={css.line}>
            <Who name={name} detail={[email, phone].filter(Boolean).join(", ")} />
            <button
              class={controls.button}
              type="button"
              onClick={async () => {
                write("");
                await card.merge(id);
              }}
            >
              {t("panel.customer.put_in")}
            </button>
          </li>
        ))}
        {found.value?.length === 0 && <li class={css.none}>{t("panel.search.nothing")}</li>}
      </ul>
    </section>
  );
}

function Who({ name, detail }: { name: string | null; detail: string | null }) {
  return (
    <span class={css.words}>
      <b class={controls.cut} dir="auto">
        {name ?? t("panel.customer.nameless")}
      </b>
      <small class={controls.cut}>{detail}</small>
    </span>
  );
}
