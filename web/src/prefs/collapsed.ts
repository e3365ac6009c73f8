import { store, stored } from "./stored";

const KEY = "agent-tracer.collapsed";
/** Projects come and go; the sections that were shut last are remembered. */
const KEPT = 200;

/** The sections of the list that were shut. */
export function storedCollapsed(): ReadonlySet<string> {
  try {
    const keys: unknown = JSON.parse(stored(KEY) ?? "[]");
    return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []);
  } catch {
    return new Set();
  }
}

export function storeCollapsed(keys: ReadonlySet<string>): void {
  store(KEY, JSON.stringify([...keys].slice(-KEPT)));
}
