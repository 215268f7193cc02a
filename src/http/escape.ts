/** Text that is safe inside an element and inside a quoted attribute. */
export const safe = (value: unknown): string =>
  String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
