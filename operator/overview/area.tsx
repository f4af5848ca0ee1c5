import { useSignal } from "@preact/signals";
import { t } from "../../browser/i18n.ts";
import type { Load, TeamLoad } from "../../browser/protocol.ts";
import { refused } from "../../browser/refusal.ts";
import { clockTime } from "../../browser/ui/times.ts";
import { usePanel } from "../shell/context.ts";
import { useOnline } from "../shell/use-online.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Blank } from "../ui/blank.tsx";
import controls from "../ui/controls.module.css";
import { PageHead } from "../ui/page-head.tsx";
import { PresenceDot } from "../ui/presence-dot.tsx";
import { problem } from "../ui/problem.ts";
import css from "./overview.module.css";

const EVERY = 10_000;

/** Who has how much, for supervisors: a click shows their chats, to join or to take over. */
export function Area(_: { path: string }) {
  const { address, call, me } = usePanel();
  const load = useSignal<TeamLoad | null>(null);
  const failed = useSignal<string | null>(null);

  useOnline(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const answer = await call("team.load", {});
      timer = setTimeout(read, EVERY);
      failed.value = refused(answer) ? answer.error.code : null;
      if (!refused(answer)) load.value = answer;
    };
    void read();
    return () => clearTimeout(timer);
  });

  function show(filter: { assignee?: string }, view: "all" | "queue"): void {
    address.open(null);
    address.show(view);
    address.narrow(filter);
  }

  const known = load.value;
  return (
    <main class={css.page} aria-label={t("panel.overview.title")}>
      <PageHead title={t("panel.overview.title")} />
      {failed.value !== null && known === null ? (
        <Blank icon="circle-alert" title={t("panel.overview.failed")}>
          {problem(failed.value)}
        </Blank>
      ) : (
        known && (
          <div class={css.scroll}>
            <table class={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t("panel.overview.who")}</th>
                  <th scope="col">{t("panel.overview.state")}</th>
                  <th scope="col">{t("panel.overview.open")}</th>
                  <th scope="col">{t("panel.overview.waiting")}</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">
                    <button class={controls.link} type="button" onClick={() => show({}, "queue")}>
                      {t("panel.inbox.view.queue")}
                    </button>
                  </th>
                  <td />
                  <Figures load={known.queue} />
                </tr>
                {known.people.map(({ operator, load }) => (
                  <tr key={operator.id}>
                    <th scope="row">
                      <span class={css.who}>
                        <Avatar name={operator.name} photo={operator.photo} size="small" />
                        <button
                          class={controls.link}
                          type="button"
                          onClick={() => show({ assignee: operator.id }, "all")}
                        >
                          {operator.id === me.id ? t("common.you") : operator.name}
                        </button>
                      </span>
                    </th>
                    <td>
                      <PresenceDot state={operator.state} words />
                    </td>
                    <Figures load={load} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      )}
    </main>
  );
}

function Figures({ load: { open, waiting, longest } }: { load: Load }) {
  return (
    <>
      <td>{open}</td>
      <td>
        {waiting > 0 ? (
          <span class={css.wait}>
            <b class={controls.count}>{waiting}</b>{" "}
            {longest !== null && t("panel.overview.since", { time: clockTime(longest) })}
          </span>
        ) : (
          0
        )}
      </td>
    </>
  );
}
