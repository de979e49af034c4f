const DAY_MS = 86_400_000;

/** The time of day; the date for what is older than a day. */
export function shortTime(time: number, now = Date.now()): string {
  const at = new Date(time);
  if (now - time < DAY_MS) return at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return at.toLocaleDateString([], { day: 'numeric', month: 'short' });
}

/** Date and time to the second. */
export function exactTime(time: number): string {
  return new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
}
