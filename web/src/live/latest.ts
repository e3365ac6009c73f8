/**
 * Puts answers back in the order of their questions.
 *
 * Each read takes a ticket when it starts; its answer is admitted only while no answer to a later
 * question has been, so a slow old answer never overwrites newer data.
 */
export class Latest {
  #taken = 0;
  #admitted = 0;

  take(): number {
    this.#taken += 1;
    return this.#taken;
  }

  admit(ticket: number): boolean {
    if (ticket < this.#admitted) return false;
    this.#admitted = ticket;
    return true;
  }
}
