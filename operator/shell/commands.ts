import { LANGUAGES, t } from "../../browser/i18n.ts";
import { deedsOf } from "../conversation/deeds.ts";
import { writingWish } from "../conversation/writing-wish.ts";
import { asideOpen } from "../customer/aside-open.ts";
import { shownViews } from "../inbox/shown-views.ts";
import { speak } from "../session/language-choice.ts";
import { LANGUAGE_NAMES } from "../session/language-names.ts";
import type { IconName } from "../ui/icon.tsx";
import { hasArea } from "./areas.tsx";
import { overlay } from "./overlay.ts";
import type { Panel } from "./panel.ts";
import { chooseTheme, THEMES } from "./theme.ts";

/** Something that can be done from anywhere, by its name. */
export interface Command {
  icon: IconName;
  name: string;
  keys?: string;
  run(): void;
}

/** What can be done now: with the open chat, with the list, with oneself. */
export function commandsOf(panel: Panel): Command[] {
  return [...ofChat(panel), ...ofPlaces(panel), ...ofSelf(panel)];
}

function ofChat(panel: Panel): Command[] {
  const chat = panel.chat.value;
  const conversation = chat?.conversation.value ?? null;
  if (chat === null || conversation === null) return [];
  const deeds = deedsOf(chat, conversation, panel.me.id).map(({ icon, name, run }) => ({
    icon,
    name: t(name),
    run,
  }));
  const write = (wish: "reply" | "note"): Command => ({
    icon: wish === "reply" ? "reply" : "lock",
    name: t(wish === "reply" ? "panel.composer.reply" : "panel.composer.note"),
    keys: wish === "reply" ? "R" : "N",
    run: () => {
      writingWish.value = wish;
    },
  });
  const about: Command = {
    icon: "user",
    name: t("panel.talk.visitor"),
    keys: "I",
    run: () => {
      asideOpen.value = !asideOpen.value;
    },
  };
  const card: Command = {
    icon: "contact",
    name: t("panel.customer.title"),
    run: () => {
      overlay.value = "customer";
    },
  };
  const known = chat.visitor.value?.customer != null;
  return [...deeds, write("reply"), write("note"), about, ...(known ? [card] : [])];
}

function ofPlaces({ address, me, teams }: Panel): Command[] {
  const views = shownViews(teams.value.length).map((view, index) => ({
    icon: "inbox" as const,
    name: `${t("panel.inbox.title")}: ${t(`panel.inbox.view.${view}`)}`,
    keys: String(index + 1),
    run: () => {
      if (address.area.value !== null) address.open(null);
      address.show(view);
    },
  }));
  const account: Command = {
    icon: "user-cog",
    name: t("panel.account.title"),
    run: () => address.go("account"),
  };
  const overview: Command = {
    icon: "gauge",
    name: t("panel.overview.title"),
    run: () => address.go("overview"),
  };
  const settings: Command = {
    icon: "settings",
    name: t("panel.rail.settings"),
    run: () => address.go("settings"),
  };
  return [
    ...views,
    account,
    ...(me.role === "operator" ? [] : [overview]),
    ...(hasArea("settings") ? [settings] : []),
  ];
}

function ofSelf({ bell }: Panel): Command[] {
  return [
    {
      icon: bell.muted.value ? "volume-2" : "volume-x",
      name: t(bell.muted.value ? "panel.bell.unmute" : "panel.bell.mute"),
      keys: "M",
      run: bell.toggle,
    },
    {
      icon: "keyboard",
      name: t("panel.keys.title"),
      keys: "?",
      run: () => {
        overlay.value = "keys";
      },
    },
    ...THEMES.map((theme) => ({
      icon: "sun-moon" as const,
      name: `${t("panel.theme.title")}: ${t(`panel.theme.${theme}`)}`,
      run: () => chooseTheme(theme),
    })),
    ...LANGUAGES.map((language) => ({
      icon: "languages" as const,
      name: `${t("panel.language")}: ${LANGUAGE_NAMES[language]}`,
      run: () => speak(language),
    })),
  ];
}
