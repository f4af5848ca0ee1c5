import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../browser/i18n.ts";
import { refused } from "../../../browser/refusal.ts";
import { usePanel } from "../../shell/context.ts";
import controls from "../../ui/controls.module.css";
import { cx } from "../../ui/cx.ts";
import { problem } from "../../ui/problem.ts";
import { Row, Said } from "../form/row.tsx";
import type { Role } from "../shapes.ts";
import { Lead, Page } from "../shell/page.tsx";
import { When } from "../shell/state.tsx";
import { useStore } from "../store.ts";
import css from "./person-fields.module.css";
import { NameField, RoleChoice, TeamChoice } from "./person-fields.tsx";

const LOOKS_RIGHT = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Somebody new gets a link by e-mail and chooses their own password. */
export function InvitePage() {
  const { people } = useStore();
  useEffect(() => {
    void people.list.read();
  }, [people]);
  return (
    <Page
      title={t("panel.settings.people.invite_title")}
      of={{ name: t("panel.settings.people.title"), to: "people" }}
    >
      <Lead sub={t("panel.settings.people.invite_sub")}>
        {t("panel.settings.people.invite_lead")}
      </Lead>
      <When of={people.list}>{({ teams }) => <Form teams={teams} />}</When>
    </Page>
  );
}

function Form({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const { address } = usePanel();
  const { call, people } = useStore();
  const email = useSignal("");
  const name = useSignal("");
  const role = useSignal<Role>("operator");
  const chosen = useSignal<string[]>(teams[0] === undefined ? [] : [teams[0].id]);
  const busy = useSignal(false);
  const said = useSignal<{ field: string | null; text: string } | null>(null);
  const at = (field: string) => (said.value?.field === field ? said.value.text : null);

  async function invite(event: Event): Promise<void> {
    event.preventDefault();
    if (busy.value) return;
    const input = {
      email: email.value.trim(),
      name: name.value.trim(),
      role: role.value,
      teams: chosen.value,
    };
    said.value = missing(input);
    if (said.value !== null) return;
    busy.value = true;
    const answer = await call("people.invite", input);
    busy.value = false;
    if (!refused(answer)) {
      void people.list.read();
      address.go("settings", "people");
      return;
    }
    const { code, field } = answer.error;
    said.value =
      code === "email_taken"
        ? { field: "email", text: t("panel.settings.people.email_taken") }
        : { field: field ?? null, text: problem(code) };
  }

  return (
    <form noValidate onSubmit={invite}>
      <Row
        label={t("panel.login.email")}
        hint={t("panel.settings.people.email_hint")}
        problem={at("email")}
      >
        {(control) => (
          <input
            {...control}
            class={controls.field}
            type="email"
            maxLength={254}
            autocomplete="off"
            value={email.value}
            onInput={({ currentTarget }) => {
              email.value = currentTarget.value;
              said.value = null;
            }}
          />
        )}
      </Row>
      <NameField
        value={name.value}
        problem={at("name")}
        change={(text) => {
          name.value = text;
          said.value = null;
        }}
      />
      <RoleChoice
        value={role.value}
        choose={(next) => {
          role.value = next;
        }}
      />
      <TeamChoice
        teams={teams}
        value={chosen.value}
        change={(next) => {
          chosen.value = next;
        }}
      />
      <div class={css.send}>
        <button class={cx(controls.button, controls.main)} type="submit" disabled={busy.value}>
          {t(
            busy.value ? "panel.settings.people.inviting" : "panel.settings.people.send_invitation",
          )}
        </button>
        <Said
          problem={
            said.value !== null && !["email", "name"].includes(said.value.field ?? "")
              ? said.value.text
              : null
          }
        />
      </div>
    </form>
  );
}

function missing({ email, name }: { email: string; name: string }) {
  if (email === "") return { field: "email", text: t("panel.login.email_missing") };
  if (!LOOKS_RIGHT.test(email)) return { field: "email", text: t("panel.login.email_wrong") };
  if (name === "") return { field: "name", text: t("panel.settings.people.name_missing") };
  return null;
}
