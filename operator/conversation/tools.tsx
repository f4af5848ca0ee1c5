import { t } from "../../browser/i18n.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Menu } from "../ui/menu.tsx";
import css from "./composer.module.css";

const EmojiPicker = lazy(async () => (await import("./emoji-picker.tsx")).EmojiPicker);

/** What can be put into the text besides letters. */
export function Tools({ insert, stroke }: { insert: (text: string) => void; stroke: () => void }) {
  const square = cx(controls.button, controls.plain, controls.square);
  return (
    <div class={css.tools}>
      <Menu
        label={t("panel.composer.emoji")}
        button={<Icon name="smile" />}
        buttonClass={square}
        above
      >
        {(close) => (
          <EmojiPicker
            choose={(emoji) => {
              close();
              insert(emoji);
            }}
          />
        )}
      </Menu>
      <button
        class={square}
        type="button"
        aria-label={t("panel.canned.title")}
        title={t("panel.canned.title")}
        onPointerDown={(event) => event.preventDefault()}
        onClick={stroke}
      >
        <Icon name="zap" />
      </button>
    </div>
  );
}
