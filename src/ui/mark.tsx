/** The mark of the application: a theta. */
export function Mark({
  size = 20,
  className,
}: {
  readonly size?: number;
  readonly className?: string | undefined;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      className={className}
      aria-hidden="true"
    >
      <ellipse cx="12" cy="12" rx="6.6" ry="9.4" />
      <path d="M8.6 12h6.8" />
    </svg>
  );
}
