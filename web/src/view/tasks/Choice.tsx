interface Props {
  label: string;
  /** What the choice of nothing is called. */
  all: string;
  value: string | null;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | null) => void;
}

/** One of a few, or none of them. */
export function Choice({ label, all, value, options, onChange }: Props) {
  return (
    <label className="choice">
      <span>{label}</span>
      <select
        className="field"
        data-set={value !== null}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{all}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
