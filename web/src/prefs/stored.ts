/** Text that the browser keeps for this server; null where there is none or storage is closed to us. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A private window may refuse: what was chosen then lasts as long as the page. */
export function store(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or closed: nothing that a person could do about it.
  }
}
