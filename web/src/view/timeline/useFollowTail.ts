import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Closer to the end than this counts as being there. */
const NEAR_PX = 24;

/**
 * Keeps the end of a growing list in view until the reader scrolls up, and again once they are back.
 *
 * `keys` are the rows in order. `unseen` counts the rows that came in since the end was left.
 */
export function useFollowTail(
  scroller: RefObject<HTMLElement | null>,
  keys: readonly string[],
  onHold: (held: boolean) => void,
) {
  const [following, setFollowing] = useState(true);
  const [lastSeen, setLastSeen] = useState<string | undefined>(undefined);
  const lastTop = useRef(0);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const atEnd = distanceToEnd(element) <= NEAR_PX;
    const wentUp = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    if (atEnd) setFollowing(true);
    else if (wentUp) setFollowing(false);
  }, [scroller]);

  useEffect(() => {
    onHold(!following);
    return () => onHold(false);
  }, [following, onHold]);

  const last = keys.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the rows may move the end
  useLayoutEffect(() => {
    if (!following) return;
    setLastSeen(last);
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    // Said here too: the scroll event comes later, and may come after one that goes up.
    lastTop.current = element.scrollTop;
  }, [following, keys, last, scroller]);

  const unseen = following ? 0 : countAfter(keys, lastSeen);
  return { following, setFollowing, unseen, onScroll };
}

function distanceToEnd(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop;
}

function countAfter(keys: readonly string[], key: string | undefined): number {
  const at = key === undefined ? -1 : keys.lastIndexOf(key);
  return at < 0 ? 0 : keys.length - 1 - at;
}
