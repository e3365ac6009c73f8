import { useContext } from "react";
import { useApp } from "../../../app/context";
import { isBeginning } from "../../../event/texts";
import { IconButton } from "../../common/IconButton";
import { InspectedContext, wholeText } from "../inspected";

interface Props {
  what: string;
  text: string;
  /** Where the text stands in the event, for one that may be only a beginning. */
  field?: string;
}

/** Copies a text of the agent as it is, and never only the part of it that is shown. */
export function CopyButton({ what, text, field }: Props) {
  const { actions } = useApp();
  const inspected = useContext(InspectedContext);
  const isPart = field !== undefined && inspected !== null && isBeginning(inspected.event, text);
  const whole = isPart ? () => wholeText(inspected, field) : text;
  return (
    <IconButton
      icon="copy"
      label={`Copy the ${what}`}
      onClick={() => void actions.copy(whole, what)}
    />
  );
}
