import { useCallback, useEffect, useMemo, useState } from "react";
import { useApp } from "../../app/context";
import type { Folds } from "../../timeline/row";
import type { TaskId } from "../../wire.gen";

/** What a person opened and closed in a timeline. */
export function useFolds(): { folds: Folds; fold: (key: string, open: boolean) => void } {
  const [folds, setFolds] = useState<Folds>(new Map());
  const fold = useCallback(
    (key: string, open: boolean) => setFolds((held) => new Map(held).set(key, open)),
    [],
  );
  return { folds, fold };
}

const SUBAGENT = "task ";

/** The subagents that are open, each kept at hand for as long as it is. */
export function useOpenSubagents(folds: Folds): readonly TaskId[] {
  const { monitor } = useApp();
  const open = useMemo(
    () =>
      [...folds].flatMap(([key, is]) =>
        is && key.startsWith(SUBAGENT) ? [key.slice(SUBAGENT.length)] : [],
      ),
    [folds],
  );
  useEffect(() => {
    const leave = open.map((id) => monitor.include(id));
    return () => {
      for (const away of leave) away();
    };
  }, [monitor, open]);
  return open;
}
