import { type ComponentProps, useEffect, useMemo } from "react";
import type { Lane } from "../../wire.gen";
import { LanesView } from "./LanesView";

type Props = ComponentProps<typeof LanesView> & {
  only: ReadonlySet<Lane>;
  /** Whether somebody looks further back than the end. */
  onHold: (held: boolean) => void;
};

/** The lanes that are chosen. They show all that is loaded, so what is loaded stays. */
export function Lanes({ only, onHold, ...props }: Props) {
  const { events } = props;
  useEffect(() => {
    onHold(true);
    return () => onHold(false);
  }, [onHold]);
  const shown = useMemo(
    () => (only.size === 0 ? events : events.filter(({ lane }) => only.has(lane))),
    [events, only],
  );
  return <LanesView {...props} events={shown} />;
}
