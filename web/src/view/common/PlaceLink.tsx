import type { AnchorHTMLAttributes } from "react";
import { Link } from "wouter";
import type { Params } from "../../address/address";
import type { TaskId } from "../../wire.gen";
import { usePlace } from "../place";

type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href">;

/** A link to a task, seen as the person looks at tasks. */
export function TaskLink({ id, more, ...rest }: Rest & { id: TaskId; more?: Params }) {
  const { taskHref } = usePlace();
  return <Link href={taskHref(id, more)} {...rest} />;
}

/** A link to another page; the list stays as it is. */
export function PageLink({ to, more, ...rest }: Rest & { to: string; more?: Params }) {
  const { pageHref } = usePlace();
  return <Link href={pageHref(to, more)} {...rest} />;
}
