import css from "./dial-drawing.module.css";

const CENTRE = 200;

function point(degrees: number, radius: number): string {
  const angle = (degrees * Math.PI) / 180;
  const x = CENTRE + radius * Math.sin(angle);
  const y = CENTRE - radius * Math.cos(angle);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function line(degrees: number, from: number, to: number): string {
  return `M${point(degrees, from)}L${point(degrees, to)}`;
}

const STROKES = Array.from({ length: 60 }, (_, minute) => minute);
const FIVES = STROKES.filter((minute) => minute % 5 === 0).map((minute) =>
  line(minute * 6, 170, 184),
);
const ONES = STROKES.filter((minute) => minute % 5 !== 0).map((minute) =>
  line(minute * 6, 176, 184),
);

/** Nine o'clock, and the red hand shows how long somebody has waited. */
export function DialDrawing() {
  return (
    <svg class={css.dial} viewBox="0 0 400 420" aria-hidden="true">
      <path class={css.sector} d={`M200 200L${point(0, 160)}A160 160 0 0 1 ${point(76, 160)}Z`} />
      <path class={css.ones} d={ONES.join("")} />
      <path class={css.fives} d={FIVES.join("")} />
      <path class={css.hour} d={line(270, 0, 92)} />
      <path class={css.minute} d={line(0, 0, 146)} />
      <path class={css.second} d={`M${point(256, 34)}L${point(76, 160)}`} />
      <circle class={css.pin} cx="200" cy="200" r="8" />
      <circle class={css.clapper} cx="200" cy="404" r="9" />
    </svg>
  );
}
