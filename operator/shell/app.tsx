import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Me } from "../../browser/protocol.ts";
import { SessionContext } from "../session/context.ts";
import { LoginPage } from "../session/login-page.tsx";
import type { Session } from "../session/session.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { problem } from "../ui/problem.ts";
import type { Address } from "./address.ts";
import css from "./app.module.css";
import { Desk } from "./desk.tsx";
import { createPanel, type Panel } from "./panel.ts";

interface Props {
  session: Session;
  address: Address;
}

export function App({ session, address }: Props) {
  const state = session.state.value;
  switch (state.is) {
    case "asking":
      return null;
    case "unknown":
      return <Unreachable code={state.code} again={session.begin} />;
    case "out":
      return <LoginPage session={session} ended={state.ended} />;
    case "in":
      return (
        <SessionContext.Provider value={session}>
          <SignedIn key={state.me.id} me={state.me} session={session} address={address} />
        </SessionContext.Provider>
      );
  }
}

function SignedIn({ me, session, address }: Props & { me: Me }) {
  const panel = useSignal<Panel | null>(null);
  useEffect(() => {
    const made = createPanel({ me, address, ended: session.ended });
    panel.value = made;
    return made.close;
  }, [me, address, session, panel]);
  return panel.value && <Desk panel={panel.value} />;
}

function Unreachable({ code, again }: { code: string; again: () => void }) {
  return (
    <main class={css.middle}>
      <Blank icon="wifi-off" title={t("panel.login.unreachable_title")}>
        {problem(code)}
        <button class={controls.button} type="button" onClick={again}>
          {t("common.try_again")}
        </button>
      </Blank>
    </main>
  );
}
