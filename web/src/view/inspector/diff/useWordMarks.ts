import { useEffect, useState } from "react";

type Marked = typeof import("../../../diff/words").marked;

let loaded: Promise<Marked> | undefined;

/** What finds the words that changed in a line; null until it has been brought in. */
export function useWordMarks(): Marked | null {
  const [marked, setMarked] = useState<{ readonly of: Marked } | null>(null);
  useEffect(() => {
    let wanted = true;
    loaded ??= import("../../../diff/words").then((words) => words.marked);
    // Without them the lines are as true.
    loaded.then(
      (of) => wanted && setMarked({ of }),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return marked?.of ?? null;
}
