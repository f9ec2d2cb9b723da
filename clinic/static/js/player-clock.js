// The clock of a session: which stage it is, and how much of it is left. It reads the time through `now` alone, in ms.
// A stage that runs has a deadline, so that nothing has to tick for it to be right. Whoever comes much too late to a
// deadline was not there to be told: then the session waits at the end of that stage, and nothing is done unseen.
const LATE = 2000;

export class Clock {
  #left = 0; // while nothing runs
  #end; // of the stage that runs

  constructor(stages, now) {
    Object.assign(this, { stages, now, at: 0, paused: true, late: false, untimed: false });
    this.#left = this.#whole;
  }

  get stage() { return this.stages[this.at]; }
  get ended() { return this.at >= this.stages.length; }
  get byHand() { return this.untimed || !this.stage?.seconds; }
  get runs() { return this.#end !== undefined; }
  get left() { return this.runs ? Math.max(0, this.#end - this.now()) : this.#left; }
  get #whole() { return (this.stage?.seconds ?? 0) * 1000; }

  pause() {
    this.#left = this.left;
    this.#end = undefined;
    this.paused = true;
  }

  goOn() {
    this.paused = false;
    if (this.late) this.to(this.at + 1);
    else this.#run();
  }

  // To this stage from its beginning; it waits there if the session was paused.
  to(at) {
    this.at = Math.max(0, Math.min(at, this.stages.length));
    [this.#left, this.#end, this.late] = [this.#whole, undefined, false];
    if (!this.paused) this.#run();
  }

  add(seconds) {
    if (this.byHand) return;
    if (this.runs) this.#end += seconds * 1000;
    else this.#left += seconds * 1000;
    this.late = false;
  }

  // Moves on at the end of a stage. Call it often, and whenever the page is seen again.
  tick() {
    if (!this.runs) return;
    const late = this.now() - this.#end;
    if (late < 0) return;
    if (late <= LATE) this.to(this.at + 1);
    else {
      this.pause();
      this.late = true;
    }
  }

  #run() {
    if (!this.byHand && !this.ended) this.#end = this.now() + this.#left;
  }
}
