const PATHS = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  bookmark: "M4 2.5h8v11l-4-3-4 3v-11Z",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L5 7.5",
  edit: "M3 13l.6-2.6L10.8 3.2l2 2L5.6 12.4 3 13Z",
  trash: "M3 4.5h10M6.5 4.500V3h3v1.500M4.5 4.500l.6 8.500h5.800l.6-8.500M6.8 7v3.500M9.2 7v3.5",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  close: "M4 4l8 8M12 4l-8 8",
  back: "M9.5 3.5 5 8l4.5 4.5",
  chevron: "M6 4l4 4-4 4",
  up: "M8 13V3.500M4 7.200 8 3.200l4 4",
  down: "M8 3v9.500M4 8.8 8 12.800l4-4",
  copy: "M5.5 5.500h7v7h-7zM3.5 10.500v-7h7",
  wrap: "M2.5 4h11M2.5 8h8.200a2.300 2.300 0 0 1 0 4.600H8.500M10.200 10.800 8.300 12.600l1.900 1.800M2.5 12.600h2.500",
  path: "M6 3.500 3 8l3 4.500M10 3.500l3 4.500-3 4.500",
  panel: "M2.500 3h11v10h-11zM10 3v10",
  doing: "M8 3.500v4.800l3 1.700M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z",
  check: "M3.5 8.5 6.5 11.5 12.5 5",
  cross: "M4.5 4.500l7 7M11.5 4.500l-7 7",
  stop: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 8h5",
  pause: "M6 4v8M10 4v8",
  refused: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.8 3.800l8.4 8.4",
  unknown: "M6 6.200a2 2 0 1 1 2.9 1.800c-.6.3-.9.7-.9 1.300M8 11.600v.2",
  sun: "M8 10.800a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600ZM8 1.500v1.400M8 13.100v1.400M1.5 8h1.400M13.1 8h1.400M3.4 3.400l1 1M11.6 11.600l1 1M3.4 12.600l1-1M11.6 4.400l1-1",
  moon: "M13 9.500A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.500Z",
  filter: "M2.5 4h11M4.500 8h7M6.500 12h3",
  settings:
    "M6.9 2h2.2l.4 1.7 1.3.75 1.7-.5 1.1 1.9-1.250 1.200v1.500l1.250 1.200-1.1 1.900-1.7-.5-1.300.75-.4 1.7H6.900l-.4-1.7-1.300-.75-1.700.5-1.100-1.900 1.250-1.200v-1.500L2.400 5.850l1.100-1.900 1.700.5 1.300-.75L6.900 2ZM8 9.700a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400Z",
  system: "M2 3h12v8H2zM6 13.500h4",
} as const;

export type IconName = keyof typeof PATHS;

/** A 16 px line icon; says nothing to a screen reader, for its button has a name. */
export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={filled ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
