import { useCallback, useMemo } from "react";
import { useLocation, useRouter } from "wouter";
import { type Params, pageAddress, readAddress, taskAddress, withParams } from "../address/address";
import type { EventId, TaskId } from "../wire.gen";

/** Where the page is, and the ways from there. */
export function usePlace() {
  const [, navigate] = useLocation();
  const { path, search } = useRawAddress();
  const address = useMemo(() => readAddress(path, search), [path, search]);

  /** Changes parameters in place; `replace` leaves no step of history behind. */
  const set = useCallback(
    (change: Params, options: { replace?: boolean } = {}) =>
      navigate(withParams(address, search, change), options),
    [navigate, address, search],
  );
  /** Going through events one by one leaves one step of history, not one for each. */
  const selectEvent = useCallback(
    (id: EventId | null) =>
      set({ event: id }, { replace: id !== null && address.eventId !== null }),
    [set, address],
  );
  const taskHref = useCallback(
    (id: TaskId, more: Params = {}) => taskAddress(id, search, more),
    [search],
  );
  const pageHref = useCallback(
    (to: string, more: Params = {}) => pageAddress(to, search, more),
    [search],
  );
  /** The same place with other parameters, as a link. */
  const hrefWith = useCallback(
    (change: Params) => withParams(address, search, change),
    [address, search],
  );
  const openTask = useCallback((id: TaskId) => navigate(taskHref(id)), [navigate, taskHref]);
  const goTo = useCallback((to: string) => navigate(pageHref(to)), [navigate, pageHref]);
  return { ...address, set, selectEvent, openTask, goTo, taskHref, pageHref, hrefWith };
}

/** The address as it stands: the router's own reading decodes it once, but not all of it. */
function useRawAddress() {
  const router = useRouter();
  const { hook: useRawPath, searchHook: useRawSearch } = router;
  const [path] = useRawPath(router);
  return { path, search: useRawSearch(router) };
}
