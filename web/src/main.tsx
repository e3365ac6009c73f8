import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApi } from "./api/api";
import { Actions } from "./app/actions";
import { AppContext } from "./app/context";
import { Monitor } from "./app/monitor";
import { openSocket } from "./app/socket";
import { strategyIn } from "./app/sync";
import { Tally } from "./app/tally";
import { browserTimers } from "./live/timers";
import { showTheme, storedTheme } from "./prefs/theme";
import { nextFrame } from "./store/frame";
import { INITIAL } from "./store/state";
import { Store } from "./store/store";
import "./styles/index.css";
import { App } from "./view/App";

showTheme(storedTheme());

const store = new Store(INITIAL, nextFrame);
const tally = new Tally(strategyIn(window.location.search));
const api = createApi({
  // Who follows reads once and needs an answer of now: an old one, though still true, may be of a
  // number from which the server can no longer tell what happened since.
  cache: tally.strategy === "patch" ? "no-store" : "default",
  onBytes: (bytes) => tally.add("httpBytes", bytes),
});
const monitor = new Monitor({ api, store, timers: browserTimers, tally, open: openSocket });
const actions = new Actions(api, store, () => monitor.rated());
// The numbers of /diagnostics, for tests and measurements.
Object.assign(window, { __agentTracer: { diagnostics: () => tally.read() } });

monitor.start();
window.addEventListener("online", () => monitor.wake());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) monitor.wake();
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");
createRoot(root).render(
  <StrictMode>
    <AppContext value={{ store, monitor, actions, tally }}>
      <App />
    </AppContext>
  </StrictMode>,
);
