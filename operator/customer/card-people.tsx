import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import { exactTime } from "../../browser/ui/times.ts";
import { today } from "../shell/seconds.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { visitorName } from "../ui/visitor-name.ts";
import { sentenceTime } from "../ui/when.ts";
import type { Card } from "./card.ts";
import css from "./customer-card.module.css";

/** The browsers in which this customer wrote; some may turn out to be somebody else's. */
export function CardPeople({ card }: { card: Card }) {
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const visitors = card.card.value?.visitors ?? [];
  const going = visitors.filter(({ id }) => chosen.value.has(id)).map(({ id }) => id);
  const several = visitors.length > 1;
  return (
    <section class={css.section}>
      <h3>{t("panel.customer.browsers")}</h3>
      <ul>
        {visitors.map((visitor) => (
          <li key={visitor.id}>
            <label class={css.line} for={several ? visitor.id : undefined}>
              {several && (
                <input
                  id={visitor.id}
                  type="checkbox"
                  checked={chosen.value.has(visitor.id)}
                  onChange={({ currentTarget: { checked } }) => {
                    const next = new Set(chosen.value);
                    if (checked) next.add(visitor.id);
                    else next.delete(visitor.id);
                    chosen.value = next;
                  }}
                />
              )}
              <span class={css.words}>
                <b class={controls.cut} dir="auto">
                  {visitorName(visitor)}
                </b>
                <small class={controls.cut}>
                  {[visitor.email, visitor.phone].filter(Boolean).join(", ")}
                </small>
              </span>
              <time dateTime={visitor.last_seen_at} title={exactTime(visitor.last_seen_at)}>
                {sentenceTime(visitor.last_seen_at, today())}
              </time>
            </label>
          </li>
        ))}
      </ul>
      {several && (
        <div class={css.deed}>
          <p>{t("panel.customer.split_text")}</p>
          <button
            class={cx(controls.button)}
            type="button"
            disabled={going.length === 0 || going.length === visitors.length}
            onClick={async () => {
              await card.split(going);
              chosen.value = new Set();
            }}
          >
            {t("panel.customer.split")}
          </button>
        </div>
      )}
    </section>
  );
}
