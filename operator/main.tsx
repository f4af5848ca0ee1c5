// Before the components, so that their own styles win.
import "../browser/ui/tokens.css";
import "./shell/base.css";
import "./shell/fonts.css";
import { render } from "preact";
import { speakAsBefore } from "./session/language-choice.ts";
import { createSession } from "./session/session.ts";
import { createAddress } from "./shell/address.ts";
import { App } from "./shell/app.tsx";
import { runSeconds } from "./shell/seconds.ts";
import { paint } from "./shell/theme.ts";
import { watchVisibility } from "./shell/visible.ts";

const session = createSession();
const address = createAddress();

paint();
runSeconds();
watchVisibility();
await Promise.all([speakAsBefore(), session.begin()]);
const root = document.getElementById("panel");
if (root !== null) render(<App session={session} address={address} />, root);
