import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { refused } from "../../../browser/refusal.ts";
import { useStore } from "../store.ts";

/** Whether mail is set up; null while that isn't known. */
export function useMailState(): boolean | null {
  const { call } = useStore();
  const ready = useSignal<boolean | null>(null);
  useEffect(() => {
    void (async () => {
      const answer = await call("mails.list", { after: null });
      if (!refused(answer)) ready.value = answer.ready;
    })();
  }, [call, ready]);
  return ready.value;
}
