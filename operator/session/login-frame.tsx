import type { ComponentChildren } from "preact";
import { Logo } from "../ui/logo.tsx";
import { DialDrawing } from "./dial-drawing.tsx";
import { Languages } from "./languages.tsx";
import css from "./login-page.module.css";

/** What stands around every form before one is signed in. */
export function LoginFrame({ children }: { children: ComponentChildren }) {
  return (
    <div class={css.page}>
      <main class={css.side}>
        <p class={css.brand}>
          <Logo /> Kell
        </p>
        {children}
        <Languages />
      </main>
      <div class={css.art}>
        <DialDrawing />
      </div>
    </div>
  );
}
