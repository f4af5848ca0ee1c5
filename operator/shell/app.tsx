import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../browser/i18n.ts";
import type { Me } from "../../browser/protocol.ts";
import { SessionContext } from "../session/context.ts";
import { guestPlaceIn } from "../session/guest-place.ts";
import type { Session } from "../session/session.ts";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { lazy } from "../ui/lazy.tsx";
import { problem } from "../ui/problem.ts";
import type { Address } from "./address.ts";
import css from "./app.module.css";
import { Desk } from "./desk.tsx";
import { createPanel, type Panel } from "./panel.ts";

const LoginPage = lazy(async () => (await import("../session/login-page.tsx")).LoginPage);
const GuestPages = lazy(async () => (await import("../session/guest-pages.tsx")).GuestPages);

interface Props {
  session: Session;
  address: Address;
}

export function App({ session, address }: Props) {
  const state = session.state.value;
  const guest = useSignal(guestPlaceIn(location.pathname, location.hash));
  const place = guest.value;
  if (place !== null && state.is !== "asking") {
    const leave = () => {
      history.replaceState(null, "", "/operator/");
      guest.value = null;
      dispatchEvent(new PopStateEvent("popstate"));
    };
    return <GuestPages place={place} session={session} leave={leave} />;
  }
  switch (state.is) {
    case "asking":
      return null;
    case "unknown":
      return <Unreachable code={state.code} again={session.begin} />;
    case "out":
      return (
        <LoginPage
          session={session}
          ended={state.ended}
          forgot={() => {
            guest.value = { is: "forgot" };
          }}
        />
      );
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
