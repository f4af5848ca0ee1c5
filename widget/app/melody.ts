import { playTones } from "../../browser/tones.ts";

/** A rising third, softer than the operators': G4, then B4. */
const TONES = [
  { hz: 391.995, at: 0, seconds: 0.09 },
  { hz: 493.883, at: 0.09, seconds: 0.26 },
];
/** −18 dBFS */
const PEAK = 0.126;

let context: AudioContext | null = null;

/** Silent where the browser wants a click first: a melody that comes late is worse than none. */
export async function play(): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  await Promise.resolve();
  if (context.state === "running") playTones(context, TONES, PEAK);
}
