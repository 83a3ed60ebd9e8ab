/**
 * A stylesheet as it is served: without its comments and without space that only people need. Quoted text must hold
 * none of `{};,` beside a space, and no comment; ours does not.
 */
export function compactStyles(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/([\w-]): /g, '$1:')
    .replaceAll(';}', '}')
    .trim()
}
