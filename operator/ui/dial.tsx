import css from "./dial.module.css";

/** `share` is how much of the target is used up, 0 to 100; past it the dial is full and shows hands. */
export function Dial({ share, late }: { share: number; late: boolean }) {
  return (
    <svg class={css.dial} viewBox="0 0 18 18" aria-hidden="true">
      {late ? (
        <>
          <circle cx="9" cy="9" r="8.4" fill="currentColor" />
          <path class={css.hands} d="M9 4.2V9l3.3 2.2" />
        </>
      ) : (
        <>
          <circle class={css.face} cx="9" cy="9" r="7.6" />
          <circle
            class={css.pie}
            cx="9"
            cy="9"
            r="2.75"
            pathLength={100}
            stroke-dasharray={`${share} 100`}
          />
        </>
      )}
    </svg>
  );
}
