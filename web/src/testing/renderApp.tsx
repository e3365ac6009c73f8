import { act, render } from "@testing-library/react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { AppContext } from "../app/context";
import { createApp } from "../app/create";
import { Tally } from "../app/tally";
import type { Notice } from "../attention/news";
import { INITIAL, type MonitorState } from "../store/state";
import { Store } from "../store/store";
import { App } from "../view/App";
import { type Answers, fakeApi } from "./fakeApi";
import { FakeSocket } from "./fakeSocket";
import { fakeTimers } from "./fakeTimers";

/** The whole page over an API of the test, at an address of its own. */
export async function renderApp(path: string, over: Partial<Answers> = {}) {
  giveElementsASize();
  const api = fakeApi(over);
  const store = new Store<MonitorState>(INITIAL, (run) => run());
  const socket = new FakeSocket();
  const tally = new Tally("patch");
  const options = { api, store, timers: fakeTimers, tally, open: () => socket };
  const notices: Notice[] = [];
  const { app, start } = createApp(options, (notice) => notices.push(notice));
  const { hook, searchHook, history } = memoryLocation({ path, record: true });
  await act(async () => {
    start();
    socket.onopen?.();
    render(
      <AppContext value={app}>
        <Router hook={hook} searchHook={searchHook}>
          <App />
        </Router>
      </AppContext>,
    );
  });
  return { api, store, socket, tally, history, notices };
}

/** The test's document has no layout, and a list that is 0 px high shows no rows. */
function giveElementsASize(): void {
  for (const [side, px] of [
    ["clientHeight", 640],
    ["clientWidth", 800],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => px });
  }
}
