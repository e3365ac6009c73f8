import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApi } from "./api/api";
import { lookAtNotifications } from "./app/attentionPermission";
import { AppContext } from "./app/context";
import { createApp } from "./app/create";
import { showNotice } from "./app/notice";
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
const timers = browserTimers;
const options = { api, store, timers, tally, open: openSocket };
const { app, start } = createApp(options, (notice) => showNotice(notice, store));
// The numbers of /diagnostics, for tests and measurements.
Object.assign(window, { __agentTracer: { diagnostics: () => tally.read() } });

start();
window.addEventListener("online", () => app.monitor.wake());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  lookAtNotifications();
  app.monitor.wake();
});
window.addEventListener("storage", ({ key, newValue }) => {
  lookAtNotifications();
  app.seen.heard(key, newValue);
});

const root = document.getElementById("root");
// A browser that is too old was told so already, in place of the page.
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <App />
      </AppContext>
    </StrictMode>,
  );
}
