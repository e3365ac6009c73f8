import type { TaskId } from "../wire.gen";

/** Who holds it does the calling, for all tabs; the browser passes it on when that tab goes. */
const LEADER = "agent-tracer.leader";
/** Held for as long as a task is looked at. */
const LOOKED_AT = "agent-tracer.looked-at ";

type Locks = Pick<LockManager, "request" | "query">;

/**
 * What the tabs of the page have to know of each other. It rests on locks alone: they end with the
 * tab that holds them, however it ends. Where a browser has none (on a plain address that is not
 * this machine) it has no notifications either.
 */
export class Tabs {
  readonly #locks: Locks | undefined;
  #leads = false;
  #release: (() => void) | null = null;
  #shown: TaskId | null = null;

  constructor(locks: Locks | undefined = navigator.locks) {
    this.#locks = locks;
  }

  start(): void {
    const forever = () => {
      this.#leads = true;
      return new Promise<void>(() => {});
    };
    // Refused only where a page may not use locks at all: then nobody calls.
    this.#locks?.request(LEADER, forever).catch(() => {});
  }

  readonly isLeader = (): boolean => this.#leads;

  /** The task on the screen of this tab; null when there is none, or the tab is hidden. */
  look(id: TaskId | null): void {
    if (this.#shown === id) return;
    this.#shown = id;
    this.#release?.();
    this.#release = null;
    if (id === null) return;
    const held = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    this.#locks?.request(`${LOOKED_AT}${id}`, { mode: "shared" }, () => held).catch(() => {});
  }

  readonly lookedAt = async (): Promise<ReadonlySet<TaskId>> => {
    const held = (await this.#locks?.query().catch(() => null))?.held ?? [];
    const names = held.map(({ name }) => name ?? "");
    const own = this.#shown === null ? [] : [this.#shown];
    return new Set([
      ...own,
      ...names.filter((name) => name.startsWith(LOOKED_AT)).map((n) => n.slice(LOOKED_AT.length)),
    ]);
  };
}
