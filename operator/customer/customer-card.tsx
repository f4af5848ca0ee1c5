import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { problem } from "../ui/problem.ts";
import { useNoticed } from "../ui/use-noticed.ts";
import type { Card } from "./card.ts";
import { CardForm } from "./card-form.tsx";
import { CardPeople } from "./card-people.tsx";
import { cardOf } from "./cards.ts";
import { CardsTogether } from "./cards-together.tsx";
import { changedCard } from "./changed-card.ts";
import css from "./customer-card.module.css";

/** Whom we serve, whatever browsers they write from. */
export function CustomerCard({ customer, close }: { customer: string; close: () => void }) {
  const panel = usePanel();
  const card = useMemo(() => cardOf(panel, customer), [panel, customer]);
  useEffect(() => void card.read(), [card]);
  useSignalEffect(() => {
    if (changedCard.value?.id === customer) void card.read();
  });
  return (
    <Dialog label={t("panel.customer.title")} class={css.dialog} close={close}>
      <header class={css.head}>
        <h2>{t("panel.customer.title")}</h2>
        <button
          class={cx(controls.button, controls.plain, controls.square)}
          type="button"
          aria-label={t("common.close")}
          onClick={close}
        >
          <Icon name="x" size="large" />
        </button>
      </header>
      <Inside card={card} />
    </Dialog>
  );
}

function Inside({ card }: { card: Card }) {
  switch (card.state.value) {
    case "loading":
      return <Loading />;
    case "failed":
      return (
        <div class={css.middle}>
          <Blank icon="circle-alert" title={t("panel.customer.failed")}>
            {problem(card.problem.value)}
            <button class={controls.button} type="button" onClick={card.read}>
              {t("common.try_again")}
            </button>
          </Blank>
        </div>
      );
    case "ready":
      return (
        <div class={css.scroll}>
          <CardForm card={card} />
          <p class={css.problem} role="alert">
            {card.problem.value !== null && problem(card.problem.value)}
          </p>
          <CardPeople card={card} />
          <CardsTogether card={card} />
        </div>
      );
  }
}

function Loading() {
  return (
    <div class={css.middle} role="status">
      {useNoticed() && t("panel.loading")}
    </div>
  );
}
