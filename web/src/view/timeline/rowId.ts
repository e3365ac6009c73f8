/** The element id of a row, for the list to name its active one: an event's is `event-` and its id. */
export function rowId(key: string): string {
  return `event-${key}`;
}
