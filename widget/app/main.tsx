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
import { createSession, wordsOfLink } from "./session.ts";
import { createWriting } from "./writing.ts";

const query = new URLSearchParams(location.search);
const site = query.get("site") ?? "";
const page = meetHostPage();
const store = createStore(`kell.${site}.`);
const chat = createChat(createSession(site, store), store, page);
const writing = createWriting(store, chat.state);

effect(() => {
  for (const [name, colour] of Object.entries(palette(page.hello.value?.color ?? "")))
    document.documentElement.style.setProperty(`--${name}`, colour);
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") page.tell({ kell: "close" });
});
// Another mail's link, put into the address of this page: browsers load nothing for it.
addEventListener("hashchange", () => wordsOfLink() && location.reload());

await loadLanguage(chooseLanguage([query.get("lang"), ...navigator.languages]));
document.title = t("widget.launcher");
const root = document.getElementById("chat");
if (root) render(<App chat={chat} page={page} writing={writing} />, root);
spreadNews(chat, page);
page.tell({ kell: "ready" });
