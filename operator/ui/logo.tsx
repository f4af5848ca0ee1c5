import css from "./logo.module.css";

/** The bell whose hands form a K; cut out in the colour of the ground below. */
export function Logo() {
  return (
    <svg class={css.logo} viewBox="0 0 32 32" role="img" aria-label="Kell">
      <path
        class={css.bell}
        d="M16 1.5c-7 0-12.2 5.3-12.2 12.3 0 4.6-1 7.6-2.5 10.2-.6 1 .1 2 1.2 2h27c1.1 0 1.8-1 1.2-2-1.5-2.6-2.5-5.6-2.5-10.2C28.2 6.8 23 1.5 16 1.5Z"
      />
      <circle class={css.bell} cx="16" cy="29.2" r="2.3" />
      <path class={css.hands} d="M11.8 7.6v13.2M20.6 7.8l-8.6 7 8 6" />
    </svg>
  );
}
