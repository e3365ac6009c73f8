import type { Api } from "../api/api";
import { Store } from "../store/store";
import type { ImportStatus } from "../wire.gen";

/** How often a running import is looked at. */
const LOOK_MS = 500;

/** What agents wrote down on the server's machine, and how far it is brought in; null: unknown. */
export const history = new Store<ImportStatus | null>(null, queueMicrotask);

/** Looks at it once; a server that cannot say leaves it unknown. */
export async function lookAtHistory(api: Api): Promise<ImportStatus | null> {
  const status = await api.importStatus().catch(() => null);
  history.change(() => status);
  return status;
}

/** Looks again and again for as long as an import runs; resolves with how it ended. */
export async function watchHistory(api: Api): Promise<ImportStatus | null> {
  let status = await lookAtHistory(api);
  while (status?.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    status = await lookAtHistory(api);
  }
  return status;
}
