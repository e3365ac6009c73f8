import { type AnchorHTMLAttributes, useContext } from "react";
import { Link } from "wouter";
import type { ListParam } from "../../address/address";
import { CommandContext } from "../../keys/useCommands";
import { usePlace } from "../place";

type Filter = Partial<Record<ListParam, string>>;
type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick">;

const NONE = { q: null, state: null, agent: null, project: null, since: null };

/** A link to the list with this filter and no other; once more, and the list is whole again. */
export function FilterLink({ filter, ...rest }: Rest & { filter: Filter }) {
  const { get, hrefWith } = usePlace();
  const { send } = useContext(CommandContext);
  const isSet = Object.entries(filter).every(([name, value]) => get(name as ListParam) === value);
  return (
    <Link
      href={hrefWith(isSet ? NONE : { ...NONE, ...filter })}
      aria-current={isSet || undefined}
      onClick={() => showList(() => send("task-pane"))}
      {...rest}
    />
  );
}

/** A list that was put away comes back; where there is little room it stands above the overview. */
function showList(toggle: () => void): void {
  if (document.querySelector('.app[data-pane="hidden"]') !== null) toggle();
  document.querySelector(".task-pane")?.scrollIntoView({ block: "nearest" });
}
