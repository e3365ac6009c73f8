import type { AnchorHTMLAttributes } from "react";
import { Link } from "wouter";
import type { ListParam } from "../../address/address";
import { usePlace } from "../place";

type Filter = Partial<Record<ListParam, string>>;
type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick">;

const NONE = { q: null, state: null, agent: null, project: null, since: null };

/** A link to the list with this filter and no other; once more, and the list is whole again. */
export function FilterLink({ filter, ...rest }: Rest & { filter: Filter }) {
  const { get, hrefWith } = usePlace();
  const isSet = Object.entries(filter).every(([name, value]) => get(name as ListParam) === value);
  return (
    <Link
      href={hrefWith(isSet ? NONE : { ...NONE, ...filter })}
      aria-current={isSet || undefined}
      onClick={showList}
      {...rest}
    />
  );
}

/** Where there is little room the list stands above what is looked at. */
function showList(): void {
  document.querySelector(".task-pane")?.scrollIntoView({ block: "nearest" });
}
