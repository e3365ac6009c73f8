/** Said wherever something is counted from rows: earlier ones may not be here. */
export function Loaded({ partial }: { partial: boolean }) {
  if (!partial) return null;
  return (
    <span className="muted" title="Earlier events of this task are not loaded.">
      in the loaded part
    </span>
  );
}
