/** Where the widths of the panels are remembered. A browser that refuses storage forgets them. */
export const panelStorage = {
  getItem(key: string): string | null {
    return attempt(() => localStorage.getItem(key)) ?? null;
  },
  setItem(key: string, value: string): void {
    attempt(() => localStorage.setItem(key, value));
  },
};

/** Blocked cookies make every touch of `localStorage` throw: then there is nothing to remember. */
function attempt<Result>(touch: () => Result): Result | undefined {
  try {
    return touch();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
