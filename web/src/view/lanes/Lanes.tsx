import { type ComponentProps, useEffect } from "react";
import { LanesView } from "./LanesView";

type Props = ComponentProps<typeof LanesView> & {
  /** Whether somebody looks further back than the end. */
  onHold: (held: boolean) => void;
};

/** The lanes show all that is loaded, so what is loaded stays. */
export function Lanes({ onHold, ...props }: Props) {
  useEffect(() => {
    onHold(true);
    return () => onHold(false);
  }, [onHold]);
  return <LanesView {...props} />;
}
