// Beeps, a voice, vibration, and a screen that stays on: each where the device has it, and while it is wanted.
// `wants` are the boxes that are ticked. Phones let a page make a sound only once it was asked for in a tap (`unlock`).
// Only voices of the device itself speak: others send what they say to whoever made them.
const speech = globalThis.speechSynthesis;
const language = document.documentElement.lang.split("-")[0];

const ownVoice = () => speech?.getVoices().find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language);

export class Cues {
  #audio;
  #lock;
  #wake = false;

  constructor(wants) {
    this.wants = wants;
    const show = () => this.#showVoice();
    speech?.addEventListener?.("voiceschanged", show);
    show();
    wants.buzz.closest("label").hidden = !navigator.vibrate;
    document.addEventListener("visibilitychange", () => { if (this.#wake && !document.hidden) this.awake(); });
  }

  #showVoice() {
    const { voice } = this.wants;
    voice.disabled = !ownVoice();
    voice.closest("label").querySelector(".no-voice").hidden = !voice.disabled;
  }

  unlock() {
    if (this.wants.beeps.checked && globalThis.AudioContext) {
      this.#audio ??= new AudioContext();
      this.#audio.resume().catch(() => {});
    }
    this.say("");
  }

  say(words) {
    const voice = this.wants.voice.checked && ownVoice();
    if (!voice) return;
    const spoken = new SpeechSynthesisUtterance(words);
    Object.assign(spoken, { voice, lang: voice.lang });
    speech.cancel();
    speech.speak(spoken);
  }

  hush() { speech?.cancel(); }

  // `pitch` in hertz.
  tone(pitch, seconds = 0.12) {
    if (!this.wants.beeps.checked || this.#audio?.state !== "running") return;
    const [sound, volume, now] = [this.#audio.createOscillator(), this.#audio.createGain(), this.#audio.currentTime];
    sound.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + seconds);
    sound.connect(volume).connect(this.#audio.destination);
    sound.start(now);
    sound.stop(now + seconds);
  }

  buzz() { if (this.wants.buzz.checked) navigator.vibrate?.(300); }

  // Browsers let the screen go when the page is hidden, and may refuse: then the phone does as it always does.
  async awake() {
    this.#wake = true;
    const lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
    this.#lock?.release().catch(() => {});
    this.#lock = lock;
    if (!this.#wake) this.asleep();
  }

  asleep() {
    this.#wake = false;
    this.#lock?.release().catch(() => {});
    this.#lock = undefined;
  }
}
