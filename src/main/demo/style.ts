/** The demo site's own stylesheet: a small paper-and-ink blog, light and dark, from phones up. */
export const DEMO_STYLE = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf6, #14171a);
  --ink: light-dark(#1c1f22, #e9e6df);
  --muted: light-dark(#666259, #a19c92);
  --rule: light-dark(#e3dfd4, #2c3136);
  --accent: light-dark(#0a6577, #6dc9db);
  font: 1.125rem/1.65 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, ui-serif, Georgia, serif;
  background: var(--paper);
  color: var(--ink);
  text-underline-offset: .2em;
  -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box }
body { max-width: 42rem; margin: 0 auto; padding: 0 clamp(1.25rem, 5vw, 2rem) 4rem; text-wrap: pretty }
h1, h2, p, ul { margin: 0; padding: 0 }
a { color: var(--accent); text-decoration-thickness: 1px }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .25rem 1.5rem;
  padding-block: 1.75rem 1rem; border-bottom: 1px solid var(--rule) }
header a { color: inherit; text-decoration: none }
header a:hover { color: var(--accent) }
header .name { font-weight: 700; font-size: 1.25rem; letter-spacing: -.01em }
nav { display: flex; gap: 1.25rem; font-size: 1rem }
nav [aria-current] { color: var(--accent); text-decoration: underline }
h1 { font-size: clamp(1.9rem, 6vw, 2.6rem); line-height: 1.12; letter-spacing: -.02em; text-wrap: balance;
  margin-block: 2.5rem .75rem }
h2 { font-size: 1.25rem; line-height: 1.3 }
.section { font: 600 .8125rem/1 system-ui, sans-serif; letter-spacing: .08em; text-transform: uppercase; color: var(--muted) }
h1 + .section { margin-bottom: 1.75rem }
.lead { font-size: 1.25rem; line-height: 1.5; color: var(--muted); margin-bottom: 2.5rem }
main p + p { margin-top: 1.1em }
.posts { list-style: none; border-top: 1px solid var(--rule) }
.posts li { padding-block: 1.4rem; border-bottom: 1px solid var(--rule) }
.posts h2 { margin-block: .45rem .3rem }
.posts h2 a { color: inherit; text-decoration: none }
.posts h2 a:hover { color: var(--accent) }
.posts p:last-child { color: var(--muted) }
a:active { background-image: var(--out) }
.liked[open] > summary { background-image: var(--liked) }
.liked { margin-top: 2rem }
.liked summary { display: inline-block; padding: .35rem .9rem; border: 1px solid var(--rule); border-radius: 999px;
  font: .9375rem/1.5 system-ui, sans-serif; color: var(--accent); cursor: pointer; list-style: none }
.liked summary::-webkit-details-marker { display: none }
.liked[open] summary { margin-inline-end: .75rem; background-color: color-mix(in oklab, var(--accent) 8%, transparent) }
main > h2 { margin-block: 2.5rem .75rem }
.counted-too { padding-inline-start: 1.2rem; margin-bottom: 1.1em }
.counted-too li + li { margin-top: .35em }
code { font: .85em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere }
.counted { margin-top: 3.5rem; padding: 1rem 1.25rem; border-inline-start: 3px solid var(--accent);
  background: color-mix(in oklab, var(--accent) 8%, transparent); font: .9375rem/1.55 system-ui, sans-serif }
@media (max-width: 30rem) { :root { font-size: 1.0625rem } .counted { margin-inline: -.5rem } }
@media print { .counted, nav { display: none } }
`
