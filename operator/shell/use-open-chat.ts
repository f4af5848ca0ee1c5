import { writingWish } from "../conversation/writing-wish.ts";
import { usePanel } from "./context.ts";

/** Opens a chat; where there is a keyboard, the next key writes the answer. */
export function useOpenChat(): (id: string) => void {
  const { address } = usePanel();
  return (id) => {
    address.open(id);
    writingWish.value = matchMedia("(pointer: fine)").matches ? "any" : null;
  };
}
