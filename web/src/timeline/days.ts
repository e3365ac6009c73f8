import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";

/** Tells where a new day of the reader begins: asked about each event in order. */
export class Days {
  #end = Number.NaN;

  /** Whether the event is of a later day than the one before it; the first one begins no day. */
  begins(event: Event): boolean {
    const { at } = detailsOf(event);
    if (at < this.#end || Number.isNaN(at)) return false;
    const first = Number.isNaN(this.#end);
    const next = new Date(at);
    next.setHours(24, 0, 0, 0);
    this.#end = next.getTime();
    return !first;
  }
}
