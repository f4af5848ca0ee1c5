export interface Tone {
  hz: number;
  /** From the beginning of the melody, in seconds. */
  at: number;
  seconds: number;
}

const ATTACK = 0.005;
/** The second partial is 12 dB below the first. */
const PARTIAL = 0.251;
/** What counts as silence: an exponential never gets to nought. */
const SILENCE = 0.0001;

/** Two sines a tone, through one gain: no file, no noise. `peak` is the loudest sample, of 1. */
export function playTones(context: BaseAudioContext, tones: readonly Tone[], peak: number): void {
  const start = context.currentTime + 0.01;
  for (const { hz, at, seconds } of tones) {
    const begin = start + at;
    const envelope = context.createGain();
    envelope.gain.setValueAtTime(SILENCE, begin);
    envelope.gain.linearRampToValueAtTime(peak / (1 + PARTIAL), begin + ATTACK);
    envelope.gain.exponentialRampToValueAtTime(SILENCE, begin + seconds);
    envelope.connect(context.destination);
    for (const [pitch, share] of [
      [hz, 1],
      [2 * hz, PARTIAL],
    ] as const) {
      const sine = context.createOscillator();
      const level = context.createGain();
      sine.frequency.value = pitch;
      level.gain.value = share;
      sine.connect(level).connect(envelope);
      sine.start(begin);
      sine.stop(begin + seconds);
    }
  }
}
