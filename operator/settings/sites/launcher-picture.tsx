import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { Avatar } from "../../ui/avatar.tsx";
import controls from "../../ui/controls.module.css";
import { problem } from "../../ui/problem.ts";
import { Segments } from "../../ui/segments.tsx";
import { Group } from "../form/row.tsx";
import type { LookSettings } from "../shapes.ts";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import { OwnIcon } from "../ui/icon.tsx";
import { pictureAddress, uploadPicture } from "../upload.ts";
import css from "./look-part.module.css";

type Kind = "bell" | "logo" | "person";
const KINDS: readonly Kind[] = ["bell", "logo", "person"];

interface Props {
  look: LookSettings;
  refused: string | null | undefined;
  change(part: Partial<LookSettings>): void;
}

/** What the launcher shows: the chat's sign, the organisation's logo, or somebody's photo. */
export function LauncherPicture({ look, refused: field, change }: Props) {
  const given: Kind = look.person !== null ? "person" : look.picture !== null ? "logo" : "bell";
  const kind = useSignal<Kind>(given);
  useEffect(() => {
    kind.value = given;
  }, [given, kind]);
  const wrong = field === "look.picture" || field === "look.person";
  return (
    <Group
      label={t("panel.settings.look.picture")}
      problem={wrong ? t("panel.settings.look.picture_gone") : null}
    >
      <Segments
        label={t("panel.settings.look.picture")}
        value={kind.value}
        options={KINDS.map((value) => ({
          value,
          label: t(`panel.settings.look.with_${value}` as Key),
        }))}
        choose={(next) => {
          kind.value = next;
          if (next === "bell") change({ picture: null, person: null });
        }}
      />
      {kind.value === "logo" && <Logo picture={look.picture} change={change} />}
      {kind.value === "person" && <People chosen={look.person} change={change} />}
    </Group>
  );
}

interface LogoProps {
  picture: string | null;
  change(part: Partial<LookSettings>): void;
}

function Logo({ picture, change }: LogoProps) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal<string | null>(null);
  const busy = useSignal(false);

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    busy.value = true;
    said.value = null;
    const answer = await uploadPicture(file);
    busy.value = false;
    if (input.current !== null) input.current.value = "";
    if (refused(answer)) said.value = pictureProblem(answer.error.code);
    else change({ picture: answer.id, person: null });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here, the button does the same
    <div
      class={css.picture}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      {picture !== null && (
        <img src={pictureAddress(picture)} alt={t("panel.settings.look.with_logo")} />
      )}
      <input
        ref={input}
        class={controls.unseen}
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/png,image/jpeg,image/webp"
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
      <button
        class={controls.button}
        type="button"
        disabled={busy.value}
        onClick={() => input.current?.click()}
      >
        <OwnIcon name="image-up" />
        {t(busy.value ? "panel.settings.look.uploading" : "panel.settings.look.upload")}
      </button>
      <span class={css.rule}>{t("panel.settings.look.upload_rule")}</span>
      <p class={css.refused} role="alert">
        {said.value}
      </p>
    </div>
  );
}

function pictureProblem(code: string): string {
  if (code === "too_large") return t("panel.settings.look.too_large");
  if (code === "no_picture") return t("panel.settings.look.no_picture");
  return problem(code);
}

interface PeopleProps {
  chosen: string | null;
  change(part: Partial<LookSettings>): void;
}

function People({ chosen, change }: PeopleProps) {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  return (
    <When of={people.list}>
      {({ people: all }) => {
        const shown = all.filter((person) => person.photo !== null || person.id === chosen);
        if (shown.length === 0) return <p class={css.rule}>{t("panel.settings.look.no_photos")}</p>;
        return (
          <div class={css.people}>
            {shown.map((person) => (
              <button
                key={person.id}
                class={css.person}
                type="button"
                aria-pressed={person.id === chosen}
                onClick={() => change({ person: person.id, picture: null })}
              >
                <Avatar name={person.name} photo={person.photo} size="small" />
                {person.name}
              </button>
            ))}
          </div>
        );
      }}
    </When>
  );
}
