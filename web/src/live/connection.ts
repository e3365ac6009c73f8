import { backoffMs } from "./backoff";
import type { Timers } from "./timers";

/** `offline` still keeps trying: it only says that several tries in a row found no server. */
export type Phase = "connecting" | "live" | "reconnecting" | "offline";

export interface ConnectionState {
  readonly phase: Phase;
  /** When the socket was opened, or was lost: unsuccessful tries do not move it. */
  readonly since: number;
}

/** The part of a WebSocket that is used, so that a test can stand in for it. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((frame: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ConnectionOptions {
  open: () => Socket;
  timers: Timers;
  onState: (state: ConnectionState) => void;
  onFrame: (data: unknown) => void;
  /** A socket is open: only from now on `send` reaches anybody. */
  onOpen?: () => void;
  /** The socket is gone, whether it ever was open or not. */
  onLost?: () => void;
}

const OFFLINE_AFTER_TRIES = 4;
const STABLE_MS = 5_000;
const OPEN_TIMEOUT_MS = 10_000;

/**
 * Keeps one socket to the server open for as long as the page lives.
 *
 * A closed or never opened socket is tried again with growing, jittered pauses; the pauses start
 * over only after a socket stayed open for 5 s, so a server that accepts and drops is not hammered.
 * `wake` tries at once: the machine may have slept through a long pause.
 */
export class Connection {
  #socket: Socket | null = null;
  #attempt = 0;
  #state: ConnectionState | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #stopped = false;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#enter("connecting");
    this.#open();
  }

  /** Tries at once when a retry is being waited for; else does nothing. */
  wake(): void {
    if (this.#stopped || this.#cancelRetry === null) return;
    this.#cancelRetry();
    this.#cancelRetry = null;
    this.#open();
  }

  send(text: string): void {
    if (this.#state?.phase === "live") this.#socket?.send(text);
  }

  /** The socket says that it is open, but nobody is there: tries another one. */
  giveUp(): void {
    if (this.#socket !== null) this.#lost();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#drop();
  }

  #open(): void {
    const socket = this.#options.open();
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (frame) => this.#options.onFrame(frame.data);
    socket.onclose = () => this.#lost();
    this.#watch(OPEN_TIMEOUT_MS, () => this.#lost());
  }

  #opened(): void {
    this.#enter("live");
    this.#options.onOpen?.();
    this.#watch(STABLE_MS, () => {
      this.#attempt = 0;
    });
  }

  #lost(): void {
    this.#drop();
    if (this.#stopped) return;
    this.#options.onLost?.();
    const wait = backoffMs(this.#attempt, this.#options.timers.random());
    this.#attempt += 1;
    this.#enter(this.#attempt >= OFFLINE_AFTER_TRIES ? "offline" : "reconnecting");
    this.#cancelRetry = this.#options.timers.after(wait, () => {
      this.#cancelRetry = null;
      this.#open();
    });
  }

  /** Detaches the handlers first: a late close of an abandoned socket must not count twice. */
  #drop(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #watch(ms: number, run: () => void): void {
    this.#cancelWatch?.();
    this.#cancelWatch = this.#options.timers.after(ms, run);
  }

  #enter(phase: Phase): void {
    const last = this.#state;
    if (last?.phase === phase) return;
    const moved = last === null || phase === "live" || last.phase === "live";
    this.#state = { phase, since: moved ? this.#options.timers.now() : last.since };
    this.#options.onState(this.#state);
  }
}
