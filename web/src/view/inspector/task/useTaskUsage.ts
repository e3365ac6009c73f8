import { useEffect, useState } from "react";
import type { TaskUsage } from "../../../api/api";
import { messageOf } from "../../../api/errors";
import { useApp } from "../../../app/context";
import type { Task } from "../../../wire.gen";

/** While answers come one after the other, they are read together. */
const TOGETHER_MS = 1_500;

export type ReadUsage =
  | { readonly state: "reading" }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "read"; readonly usage: TaskUsage };

/** What a task used of models in detail, read again when its sum has moved. */
export function useTaskUsage({ id, usage }: Task): ReadUsage {
  const { monitor } = useApp();
  const [read, setRead] = useState<{ readonly id: string; readonly value: ReadUsage } | null>(null);
  const isOther = read?.id !== id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sum that moved is the reason to read
  useEffect(() => {
    let wanted = true;
    const put = (value: ReadUsage) => wanted && setRead({ id, value });
    const timer = setTimeout(
      () =>
        monitor.readUsage(id).then(
          (usage) => put({ state: "read", usage }),
          (error) => put({ state: "failed", message: messageOf(error) }),
        ),
      isOther ? 0 : TOGETHER_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [monitor, id, usage]);
  return isOther ? { state: "reading" } : read.value;
}
