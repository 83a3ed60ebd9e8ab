/**
 * A text that came from outside, for a terminal: nothing in it may steer that. Control and format characters are "?",
 * those that turn the direction of writing among them.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}
