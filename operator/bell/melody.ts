import { playTones } from "../../browser/tones.ts";

/** A falling major third, like a door bell: E5, then C5. */
const TONES = [
  { hz: 659.255, at: 0, seconds: 0.14 },
  { hz: 523.251, at: 0.14, seconds: 0.42 },
];
/** −12 dBFS */
const PEAK = 0.251;

/** Returns when it ends, in seconds. */
export function playMelody(context: BaseAudioContext): number {
  playTones(context, TONES, PEAK);
  return context.currentTime + 0.57;
}
