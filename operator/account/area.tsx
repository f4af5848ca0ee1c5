import { t } from "../../browser/i18n.ts";
import { usePanel } from "../shell/context.ts";
import { PageHead } from "../ui/page-head.tsx";
import css from "./account.module.css";
import { Password } from "./password.tsx";
import { Profile } from "./profile.tsx";
import { SessionsList } from "./sessions-list.tsx";
import { SetUp } from "./set-up.tsx";

/** One's own name, photo, password, and where one is signed in. */
export function Area(_: { path: string }) {
  const { me } = usePanel();
  return (
    <main class={css.page} aria-label={t("panel.account.title")}>
      <PageHead title={t("panel.account.title")} />
      <div class={css.body}>
        {me.setup ? (
          <SetUp />
        ) : (
          <>
            <Profile />
            <Password />
          </>
        )}
        <SessionsList />
      </div>
    </main>
  );
}
