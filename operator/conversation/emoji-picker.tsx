import { t } from "../../browser/i18n.ts";
import css from "./emoji-picker.module.css";

/** Those that an operator may want; the system's own keyboard has the others. */
const EMOJI =
  "😊 🙂 😀 😄 😅 😂 😉 😍 🤗 🤔 😮 😕 😟 😢 😔 🙈 👍 👎 👌 🙏 👏 🙌 💪 🤝 👋 ✌️ ☝️ 👉 ❤️ 💙 💛 🖤 ✨ 🎉 🎁 🌹 🌞 ❄️ ☕ 🍀 ✅ ❌ ❗ ❓ ⚠️ ℹ️ ⏰ 📅 📦 🚚 📄 📎 💳 🔑 🔗 🏠 📍 📞 ✉️ 🛒".split(
    " ",
  );
const COLUMNS = 10;

export function EmojiPicker({ choose }: { choose: (emoji: string) => void }) {
  return (
    <fieldset
      class={css.grid}
      aria-label={t("panel.composer.emoji")}
      onKeyDown={(event) => {
        const all = [...event.currentTarget.querySelectorAll("button")];
        const at = all.findIndex((button) => button.matches(":focus"));
        const to = all[at + (STEPS[event.key] ?? 0)];
        if (STEPS[event.key] === undefined || to === undefined) return;
        event.preventDefault();
        to.focus();
      }}
    >
      {EMOJI.map((emoji, index) => (
        <button
          key={emoji}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => choose(emoji)}
        >
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};
