import css from "./emoji.module.css";

const ALL =
  "😀 😄 😂 🙂 😉 😊 😍 🤔 😅 😢 😭 😡 😱 🙈 👍 👎 👋 🙏 👏 💪 👌 🤝 ❤️ 🔥 🎉 ⭐ ✅ ❌ ❓ 📦 🚚 💳";

/** A small set: phones bring all of them on their keyboards. */
export function Emoji({ take }: { take(emoji: string): void }) {
  return (
    <div class={css.emoji}>
      {ALL.split(" ").map((each) => (
        <button key={each} type="button" onClick={() => take(each)}>
          {each}
        </button>
      ))}
    </div>
  );
}
