import type { Figures } from "../../wire.gen";

/** Which figures of a topic are held; those that come before its read wait for it. */
export class NewestFigures {
  #held: { epoch: string; seq: number; waiting: Figures | null } | null = null;

  get seq(): number | null {
    return this.#held?.seq ?? null;
  }

  /** Whether these are to be shown now. */
  take(epoch: string, seq: number, figures: Figures, reading: boolean): boolean {
    const held = this.#held;
    if (held?.epoch === epoch && held.seq > seq) return false;
    this.#held = { epoch, seq, waiting: reading ? figures : null };
    return !reading;
  }

  /** A read brought figures of its own: those that waited, if they are newer. */
  settle(epoch: string, seq: number): Figures | null {
    const held = this.#held;
    const newer = held?.epoch === epoch && held.seq > seq;
    this.#held = { epoch, seq: newer ? held.seq : seq, waiting: null };
    return newer ? held.waiting : null;
  }

  clear(): void {
    this.#held = null;
  }
}
