import { needsPerson } from "./attention";
import type { ListRow, Section } from "./sections";

/** A line of the list: the head of a section, or a task of it. */
export type ListItem =
  | {
      readonly kind: "head";
      readonly key: string;
      readonly section: Section;
      readonly shut: boolean;
    }
  | {
      readonly kind: "task";
      readonly key: string;
      readonly row: ListRow;
      readonly section: Section;
    };

export function itemsOf(
  sections: readonly Section[],
  shut: ReadonlySet<string>,
): readonly ListItem[] {
  return sections.flatMap((section) => {
    const isShut = shut.has(section.key);
    const head: ListItem = { kind: "head", key: `head ${section.key}`, section, shut: isShut };
    if (isShut) return [head];
    const rows = section.rows.map(
      (row): ListItem => ({ kind: "task", key: row.task.id, row, section }),
    );
    return [head, ...rows];
  });
}

const HEAD_PX = 28;
const REASON_PX = 68;
const ROW_PX = 50;

/** Whether a task says what it needs a person for. */
export function hasReason({ task, attention }: ListRow): boolean {
  return needsPerson(attention) && (task.activity?.detail ?? "") !== "";
}

/** A reason has a line of its own. */
export function heightOf(item: ListItem | undefined): number {
  if (item?.kind !== "task") return HEAD_PX;
  return hasReason(item.row) ? REASON_PX : ROW_PX;
}

/** Where a line begins; null when it is not there. */
export function topOf(items: readonly ListItem[], key: string): number | null {
  let top = 0;
  for (const item of items) {
    if (item.key === key) return top;
    top += heightOf(item);
  }
  return null;
}

/** The head that stands over a line. */
export function headOver(items: readonly ListItem[], index: number): number {
  for (let at = Math.min(index, items.length - 1); at >= 0; at -= 1) {
    if (items[at]?.kind === "head") return at;
  }
  return 0;
}
