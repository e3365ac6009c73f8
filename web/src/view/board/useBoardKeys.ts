import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { type Direction, isDirection, nearest } from "../../keys/nearest";
import { useCommands } from "../../keys/useCommands";
import { useKeptFocus } from "../common/useKeptFocus";

/** Arrows go from card to card, and from column to column where only one is shown. */
export function useBoardKeys(
  board: RefObject<HTMLElement | null>,
  shown: number,
  onShow: (column: number) => void,
  columns: number,
) {
  const entering = useRef(false);
  useKeptFocus(board);
  useEffect(() => {
    if (!entering.current) return;
    entering.current = false;
    cardsOf(board.current)[0]?.focus();
  });
  const turn = (by: number) => {
    const next = shown + by;
    if (next < 0 || next >= columns) return;
    entering.current = true;
    onShow(next);
  };
  const move = (direction: Direction) => {
    const cards = cardsOf(board.current);
    const from = cards.indexOf(document.activeElement as HTMLElement);
    const boxes = cards.map((card) => card.getBoundingClientRect());
    const next = from < 0 ? cards[0] : cards[nearest(boxes, from, direction)];
    if (next !== undefined) next.focus();
    else if (direction === "ArrowLeft") turn(-1);
    else if (direction === "ArrowRight") turn(1);
  };
  useCommands({
    "next-event": () => move("ArrowDown"),
    "previous-event": () => move("ArrowUp"),
    open: () => move("ArrowRight"),
    shut: () => move("ArrowLeft"),
  });
  return (event: KeyboardEvent) => {
    if (!isDirection(event.key)) return;
    event.preventDefault();
    move(event.key);
  };
}

/** The cards that are on the screen: a column that is not shown has no size. */
function cardsOf(board: HTMLElement | null): HTMLElement[] {
  const cards = [...(board?.querySelectorAll<HTMLElement>(".board-card") ?? [])];
  return cards.filter((card) => card.getClientRects().length > 0);
}
