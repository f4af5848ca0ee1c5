import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Picture } from "../../browser/protocol.ts";
import { type Refusal, refusal, refused } from "../../browser/refusal.ts";
import { useSession } from "../session/context.ts";
import { usePanel } from "../shell/context.ts";
import { Avatar } from "../ui/avatar.tsx";
import controls from "../ui/controls.module.css";
import { cx } from "../ui/cx.ts";
import css from "./account.module.css";
import { type Outcome, Said } from "./said.tsx";

/** Name and photo, as visitors and colleagues see them. */
export function Profile() {
  const { call, me } = usePanel();
  const session = useSession();
  const name = useRef<HTMLInputElement>(null);
  const outcome = useSignal<Outcome>(null);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await call("profile.save", { name: name.current?.value.trim() ?? "" });
    outcome.value = refused(answer) ? answer.error.code : "";
    if (!refused(answer)) session.became(answer.operator);
  }

  async function photo(picture: string | null): Promise<void> {
    const answer = await call("profile.photo", { picture });
    outcome.value = refused(answer) ? answer.error.code : "";
    if (!refused(answer)) session.became(answer.operator);
  }

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const kept = await upload(file);
    if (refused(kept)) outcome.value = kept.error.code;
    else await photo(kept.id);
  }

  return (
    <section>
      <h2>{t("panel.account.profile")}</h2>
      <div class={css.who}>
        <Avatar name={me.name} photo={me.photo} size="large" />
        <label class={controls.button}>
          <input
            class={controls.unseen}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
          />
          {t("panel.account.choose_photo")}
        </label>
        {me.photo !== null && (
          <button class={controls.button} type="button" onClick={() => void photo(null)}>
            {t("panel.account.no_photo")}
          </button>
        )}
      </div>
      <form onSubmit={save}>
        <label class={css.label} for="own-name">
          {t("panel.account.name")}
        </label>
        <input
          ref={name}
          class={controls.field}
          id="own-name"
          required
          maxLength={200}
          autocomplete="name"
          defaultValue={me.name}
        />
        <Said outcome={outcome.value} />
        <button class={cx(controls.button, controls.main)} type="submit">
          {t("panel.account.save")}
        </button>
      </form>
    </section>
  );
}

async function upload(file: File): Promise<Picture | Refusal> {
  try {
    const answer = await fetch("/api/operator/pictures", {
      method: "POST",
      headers: { "Content-Type": file.type },
      body: file,
    });
    return (await answer.json()) as Picture | Refusal;
  } catch {
    return refusal("offline");
  }
}
