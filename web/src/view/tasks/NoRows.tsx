interface Props {
  reading: boolean;
  failed: boolean;
  isFiltering: boolean;
  onClear: () => void;
}

/** Why there are no rows: still reading, no server, nothing recorded, or the filter hides all. */
export function NoRows({ reading, failed, isFiltering, onClear }: Props) {
  if (failed) return <p className="pane-note">The task list could not be read.</p>;
  if (reading) return <SkeletonRows />;
  if (!isFiltering) return <p className="pane-note">No tasks yet.</p>;
  return (
    <div className="pane-note">
      <p>No task fits the filter.</p>
      <button type="button" className="button" onClick={onClear}>
        Clear the filter
      </button>
    </div>
  );
}

function SkeletonRows() {
  return (
    <div className="skeleton-rows" role="status" aria-label="Reading the task list">
      {["a", "b", "c", "d", "e"].map((key) => (
        <div key={key} className="skeleton skeleton-row" />
      ))}
    </div>
  );
}
