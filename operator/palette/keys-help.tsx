import { type Key, t } from "../../browser/i18n.ts";
import { enterSends, lettersOn, switchEnter, switchLetters } from "../shell/shortcut-choice.ts";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Keycap } from "../ui/keycap.tsx";
import css from "./keys-help.module.css";

const SENDING: [keys: string[], what: Key][] = [
  [["Enter"], "panel.keys.send"],
  [["Shift", "Enter"], "panel.keys.line"],
];
const SENDING_SWAPPED: typeof SENDING = [
  [["Ctrl", "Enter"], "panel.keys.send"],
  [["Enter"], "panel.keys.line"],
];

const GROUPS: { title: Key; keys: [keys: string[], what: Key][] }[] = [
  {
    title: "panel.keys.list",
    keys: [
      [["W"], "panel.keys.longest"],
      [["J"], "panel.keys.next"],
      [["K"], "panel.keys.previous"],
      [["1", "…", "5"], "panel.keys.views"],
      [["Ctrl", "K"], "panel.keys.palette"],
      [["M"], "panel.keys.mute"],
    ],
  },
  {
    title: "panel.keys.chat",
    keys: [
      [["R"], "panel.keys.reply"],
      [["N"], "panel.keys.note"],
      [["/"], "panel.keys.canned"],
      [["T"], "panel.keys.take"],
      [["H"], "panel.keys.hand_over"],
      [["E"], "panel.keys.end"],
      [["I"], "panel.keys.visitor"],
    ],
  },
  {
    title: "panel.keys.writing",
    keys: [
      [["↑"], "panel.keys.last"],
      [["R"], "panel.keys.quote"],
      [["Del"], "panel.keys.delete"],
      [["Esc"], "panel.keys.back"],
      [["?"], "panel.keys.help"],
    ],
  },
];

/** What each key does; the single letters can be switched off here, and Enter be a new line. */
export function KeysHelp({ close }: { close: () => void }) {
  const sending = enterSends.value ? SENDING : SENDING_SWAPPED;
  return (
    <Dialog label={t("panel.keys.title")} class={css.wide} close={close}>
      <header class={css.head}>
        <h2>{t("panel.keys.title")}</h2>
        <button
          class={cx(controls.button, controls.plain, controls.square)}
          type="button"
          aria-label={t("common.close")}
          onClick={close}
        >
          <Icon name="x" size="large" />
        </button>
      </header>
      <div class={css.groups}>
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {[...(title === "panel.keys.writing" ? sending : []), ...keys].map(([caps, what]) => (
                <div key={what}>
                  <dt>{t(what)}</dt>
                  <dd>
                    {caps.map((cap) => (
                      <Keycap key={cap}>{cap}</Keycap>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer class={css.choices}>
        <Choice on={lettersOn.value} turn={switchLetters}>
          {t("panel.me.shortcuts")}
        </Choice>
        <Choice on={!enterSends.value} turn={(line) => switchEnter(!line)}>
          {t("panel.keys.swap")}
        </Choice>
      </footer>
    </Dialog>
  );
}

interface ChoiceProps {
  on: boolean;
  turn(on: boolean): void;
  children: string;
}

function Choice({ on, turn, children }: ChoiceProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget }) => turn(currentTarget.checked)}
      />
      {children}
    </label>
  );
}
