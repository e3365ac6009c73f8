import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { api } from "./api/api";
import { Actions } from "./app/actions";
import { AppContext } from "./app/context";
import { Monitor } from "./app/monitor";
import { openSocket } from "./app/socket";
import { browserTimers } from "./live/timers";
import { showTheme, storedTheme } from "./prefs/theme";
import { nextFrame } from "./store/frame";
import { INITIAL } from "./store/state";
import { Store } from "./store/store";
import "./styles/index.css";
import { App } from "./view/App";

showTheme(storedTheme());

const store = new Store(INITIAL, nextFrame);
const monitor = new Monitor({ api, store, timers: browserTimers, open: openSocket });
const actions = new Actions(api, store);

monitor.start();
window.addEventListener("online", () => monitor.wake());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) monitor.wake();
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");
createRoot(root).render(
  <StrictMode>
    <AppContext value={{ store, monitor, actions }}>
      <App />
    </AppContext>
  </StrictMode>,
);
