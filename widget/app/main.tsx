import { effect } from "@preact/signals";
import { render } from "preact";
import { chooseLanguage, loadLanguage, override, t } from "../../browser/i18n.ts";
import { createStore } from "../../browser/store.ts";
import "../../browser/ui/tokens.css";
import { palette } from "../../browser/ui/colour.ts";
import { App } from "./app.tsx";
import "./base.css";
import { createBell } from "./bell.ts";
import { createChat } from "./chat.ts";
import { meetHostPage } from "./host-page.ts";
import { spreadNews } from "./news.ts";
import { createSession, wordsOfLink } from "./session.ts";
import { renew, site } from "./site.ts";
import { createWriting } from "./writing.ts";

const query = new URLSearchParams(location.search);
const key = site.peek().key || (query.get("site") ?? "");
const page = meetHostPage();
const store = createStore(`kell.${key}.`);
const chat = createChat(createSession(key, store, page), store, page);
const bell = createBell(store);
const writing = createWriting(store, chat.state);

effect(() => {
  const { color, scheme } = page.look.value ?? site.value.look;
  for (const [name, colour] of Object.entries(palette(color)))
    document.documentElement.style.setProperty(`--${name}`, colour);
  document.documentElement.dataset.theme = scheme;
});
// The page may want another language than the one in which it was loaded.
effect(() => {
  const wanted = page.look.value?.language;
  if (!wanted || wanted === site.peek().lang) return;
  void chat.about(wanted).then((about) => {
    if (about) renew(about);
    return loadLanguage(wanted);
  });
});
effect(() => override(site.value.texts));
effect(() => {
  if (page.forgotten.value) void chat.forget().then(() => location.reload());
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") page.tell({ kell: "close" });
});
// Another mail's link, put into the address of this page: browsers load nothing for it.
addEventListener("hashchange", () => wordsOfLink() && location.reload());

await loadLanguage(
  site.peek().key ? site.peek().lang : chooseLanguage([query.get("lang"), ...navigator.languages]),
);
document.title = t("widget.launcher");
const root = document.getElementById("chat");
if (root) render(<App bell={bell} chat={chat} page={page} store={store} writing={writing} />, root);
spreadNews(chat, page, bell);
