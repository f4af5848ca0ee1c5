import type { ComponentChildren } from "preact";
import { t } from "../../browser/i18n.ts";
import { MuteButton } from "../bell/mute-button.tsx";
import controls from "../ui/controls.module.css";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Logo } from "../ui/logo.tsx";
import { addressOf, areaAddress } from "./address.ts";
import { hasArea } from "./areas.tsx";
import { usePanel } from "./context.ts";
import { MeMenu } from "./me-menu.tsx";
import css from "./rail.module.css";

/** The places of the panel; on a phone a bar below, where the thumb is. */
export function Rail() {
  const { inbox, address, me } = usePanel();
  const waiting = inbox.waiting.value;
  const area = address.area.value?.name ?? null;
  return (
    <nav class={css.rail} aria-label={t("panel.rail.label")}>
      <Logo />
      <Place
        icon="inbox"
        name={t("panel.inbox.title")}
        label={waiting > 0 ? t("panel.rail.inbox_waiting", { waiting }) : t("panel.inbox.title")}
        href={addressOf(null, "all")}
        here={area === null}
        go={() => address.open(null)}
      >
        {waiting > 0 && <b class={controls.count}>{waiting > 99 ? "99+" : waiting}</b>}
      </Place>
      {me.role !== "operator" && (
        <Place
          icon="gauge"
          name={t("panel.overview.title")}
          href={areaAddress("overview")}
          here={area === "overview"}
          go={() => address.go("overview")}
        />
      )}
      {hasArea("settings") && (
        <Place
          icon="settings"
          name={t("panel.rail.settings")}
          href={areaAddress("settings")}
          here={area === "settings"}
          go={() => address.go("settings")}
        />
      )}
      <span class={css.gap} />
      <MuteButton class={css.place} />
      <MeMenu />
    </nav>
  );
}

interface PlaceProps {
  icon: IconName;
  name: string;
  /** What it says to who points at it or hears it, if there is more to say. */
  label?: string;
  href: string;
  here: boolean;
  go(): void;
  children?: ComponentChildren;
}

function Place({ icon, name, label = name, href, here, go, children }: PlaceProps) {
  return (
    <a
      class={css.place}
      href={href}
      aria-current={here ? "page" : undefined}
      aria-label={label}
      title={label}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go();
      }}
    >
      <Icon name={icon} size="large" />
      <span class={css.name}>{name}</span>
      {children}
    </a>
  );
}
