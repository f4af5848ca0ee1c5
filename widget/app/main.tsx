import { effect } from "@preact/signals";
import { render } from "preact";
import { chooseLanguage, loadLanguage, t } from "../../browser/i18n.ts";
import { createStore } from "../../browser/store.ts";
import "../../browser/ui/tokens.css";
import { palette } from "../../browser/ui/colour.ts";
import { App } from "./app.tsx";
import "./base.css";
import { createChat } from "./chat.ts";
import { meetHostPage } from "./host-page.ts";
import { spreadNews } from "./news.ts";
import { createSession } from "./session.ts";

const query = new URLSearchParams(location.search);
const site = query.get("site") ?? "";
const page = meetHostPage();
const store = createStore(`kell.${site}.`);
const chat = createChat(createSession(site, store), store, page);

effect(() => {
  for (const [name, colour] of Object.entries(palette(page.hello.value?.color ?? "")))
    document.documentElement.style.setProperty(`--${name}`, colour);
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") page.tell({ kell: "close" });
});

await loadLanguage(chooseLanguage([query.get("lang"), ...navigator.languages]));
document.title = t("widget.launcher");
const root = document.getElementById("chat");
if (root) render(<App chat={chat} page={page} store={store} />, root);
spreadNews(chat, page);
page.tell({ kell: "ready" });
