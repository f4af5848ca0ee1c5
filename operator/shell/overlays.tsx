import { lazy } from "../ui/lazy.tsx";
import { usePanel } from "./context.ts";
import { overlay } from "./overlay.ts";

const Palette = lazy(async () => (await import("../palette/palette.tsx")).Palette);
const KeysHelp = lazy(async () => (await import("../palette/keys-help.tsx")).KeysHelp);
const CustomerCard = lazy(async () => (await import("../customer/customer-card.tsx")).CustomerCard);
const HandOver = lazy(async () => (await import("../conversation/hand-over.tsx")).HandOver);

export function Overlays() {
  const chat = usePanel().chat.value;
  const customer = chat?.visitor.value?.customer ?? null;
  const close = () => {
    overlay.value = null;
  };
  switch (overlay.value) {
    case "palette":
      return <Palette close={close} />;
    case "keys":
      return <KeysHelp close={close} />;
    case "hand-over":
      return chat === null ? null : <HandOver chat={chat} close={close} />;
    case "customer":
      return customer === null ? null : (
        <CustomerCard key={customer} customer={customer} close={close} />
      );
    case null:
      return null;
  }
}
